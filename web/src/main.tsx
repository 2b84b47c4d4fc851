// Starts the page in place of what the service wrote for browsers without JavaScript.
import { render } from "preact";
import { App } from "./view/App";
import "./style/tokens.css";
import "./style/base.css";
import "./style/explorer.css";

/** The script comes when it is there: the page around it and its style may not be yet. */
async function surroundings(): Promise<void> {
  const heard = (target: EventTarget, ...events: string[]) =>
    new Promise<void>((done) => events.forEach((event) => target.addEventListener(event, () => done(), { once: true })));
  if (document.readyState === "loading") await heard(document, "DOMContentLoaded");
  const styles = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(styles.map((link) => (link.sheet ? undefined : heard(link, "load", "error"))));
}

await surroundings();
const root = document.getElementById("app");
if (!root) throw new Error("the page has no place for the explorer");
root.replaceChildren();
root.removeAttribute("class");
render(<App />, root);
