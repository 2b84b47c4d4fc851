// How many flows stand on which footing; a press shows only those.
import type { Status } from "../api/client";
import { LOOKS, STATUSES } from "../picture/looks";
import { picture } from "../state/answers";
import { go, view } from "../state/store";
import { count, gettext, word } from "../words";

export function Counts() {
  const counts = picture.value.value!.by_status as Record<Status, number>;
  const chosen = view.value.status;
  const shown = STATUSES.filter((status) => counts[status] > 0 || chosen.includes(status));
  return (
    <ul class="chips" aria-label={gettext("explorer.by_status")}>
      {shown.map((status) => (
        <li key={status}>
          <button
            type="button"
            class={`chip ${status}`}
            aria-pressed={chosen.includes(status)}
            onClick={() => go({ status: toggled(chosen, status) })}
          >
            <span class="shape" aria-hidden="true">
              {LOOKS[status].mark}
            </span>
            {word("status", status)} <b>{count(counts[status])}</b>
          </button>
        </li>
      ))}
      {chosen.length > 0 && (
        <li>
          <button type="button" class="link" onClick={() => go({ status: [] })}>
            {gettext("explorer.all_footings")}
          </button>
        </li>
      )}
    </ul>
  );
}

/** A list with a word put in, or taken out. */
export function toggled(words: readonly string[], word: string): string[] {
  return words.includes(word) ? words.filter((found) => found !== word) : [...words, word];
}
