// A picture that reaches too much to be made: why, the same as a table, and the controllers to go on with.
import type { Problem } from "../api/client";
import { linesAddress } from "../api/questions";
import { controllers } from "../state/answers";
import { addressOf, day, go, language, view } from "../state/store";
import { movedTo } from "../state/view";
import { count, gettext } from "../words";

/** How many controllers are offered at once; the filters have all of them. */
const MOST = 60;

export function TooMuch({ problem }: { problem: Problem }) {
  const { controller, party, service } = view.value;
  const all = controllers.value.value?.items ?? [];
  return (
    <div class="note">
      <p role="alert">{problem.message}</p>
      {party === null && service === null && (
        <p>
          <a href={linesAddress(view.value, day.value, language.value)}>{gettext("explorer.export_csv")}</a>
        </p>
      )}
      {controller === null && all.length > 0 && (
        <nav aria-label={gettext("explorer.one_controller")}>
          <h2>{gettext("explorer.one_controller")}</h2>
          <ul class="ways">
            {all.slice(0, MOST).map((each) => (
              <Way key={each.id} id={each.id} name={each.name} />
            ))}
          </ul>
          {all.length > MOST && <p>{gettext("explorer.more_in_filters", { count: count(all.length - MOST) })}</p>}
        </nav>
      )}
    </div>
  );
}

function Way({ id, name }: { id: string; name: string }) {
  const place = movedTo(view.value, { controller: id });
  return (
    <li>
      <a href={addressOf(place)} onClick={(event) => (event.preventDefault(), go(place))}>
        {name}
      </a>
    </li>
  );
}
