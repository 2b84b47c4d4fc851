// Starts the page in place of what the service wrote for browsers without JavaScript.
import { render } from "preact";
import { App } from "./view/App";
import "./style/tokens.css";
import "./style/base.css";
import "./style/explorer.css";

const root = document.getElementById("app");
if (!root) throw new Error("the page has no place for the explorer");
root.replaceChildren();
root.removeAttribute("class");
render(<App />, root);
