// How much there is at each level, before it is drawn; a press shows the picture down to there.
import { picture } from "../state/answers";
import { go, view } from "../state/store";
import { gettext } from "../words";

export function Levels() {
  const { levels, depth } = picture.value.value!;
  if (levels.length < 2) return null;
  return (
    <ol class="levels" aria-label={gettext("explorer.levels")}>
      {levels.map((level) => (
        <li key={level.depth}>
          <button
            type="button"
            aria-pressed={level.depth <= depth}
            onClick={() => go({ depth: level.depth, open: view.value.open })}
          >
            {gettext("explorer.level", { depth: level.depth, flows: level.flows, services: level.services })}
          </button>
        </li>
      ))}
    </ol>
  );
}
