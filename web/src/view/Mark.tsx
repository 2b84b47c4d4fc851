// A footing in shape, word and colour: never in colour alone.
import type { Status } from "../api/client";
import { LOOKS } from "../picture/looks";
import { word } from "../words";

export function Mark({ status }: { status: Status }) {
  return (
    <span class={`mark ${status}`}>
      <span class="shape" aria-hidden="true">
        {LOOKS[status].mark}
      </span>
      {word("status", status)}
    </span>
  );
}
