// A list about the whole register, by itself.
import { title } from "../state/names";
import { ToolPanel, Tools } from "./Tools";

export function List() {
  return (
    <div class="start whole">
      <h1>{title.value}</h1>
      <Tools />
      <ToolPanel />
    </div>
  );
}
