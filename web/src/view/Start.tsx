// The first page: where each controller stands.
import { addressOf as apiAddress, type Claims, type Overview, type Status } from "../api/client";
import { STATUSES, LOOKS } from "../picture/looks";
import { overview } from "../state/answers";
import { addressOf, day, go, view } from "../state/store";
import { useAnswer } from "../state/useAnswer";
import { movedTo } from "../state/view";
import { count, longDay, gettext, word } from "../words";
import { DaySlider } from "./DaySlider";
import { Mark } from "./Mark";

type Standing = Overview["items"][number];

export function Start() {
  const { value, loading } = overview.value;
  const asked = { on: day.value, verdict: "contradicted", page_size: 10_000 };
  const { value: found } = useAnswer<Claims>(value?.items.length ? apiAddress("/claims", asked) : null);
  const against = found && counted(found.items.map((finding) => finding.controller.id));
  return (
    <div class="start">
      <h1>{gettext("explorer.title")}</h1>
      <p class="lead">{gettext("explorer.lead")}</p>
      <DaySlider />
      <section aria-labelledby="standings" aria-busy={loading}>
        <h2 id="standings">{gettext("explorer.standings", { day: longDay(day.value) })}</h2>
        {value && !value.items.length && <Empty />}
        <ul class="standings">
          {value?.items.map((standing) => (
            <li key={standing.controller.id}>
              <StandingCard standing={standing} contradicted={against && (against.get(standing.controller.id) ?? 0)} />
            </li>
          ))}
        </ul>
      </section>
      {value && value.items.length > 0 && <Duplicates />}
      {value && value.items.length > 0 && <Legend />}
    </div>
  );
}

/** The way to parties that may be one: it is not known how many, as to find that out may take a while. */
function Duplicates() {
  const place = movedTo(view.value, { tool: "identities" });
  return (
    <p class="way">
      <a href={addressOf(place)} onClick={(event) => (event.preventDefault(), go(place))}>
        {gettext("explorer.tool.identities")}
      </a>
    </p>
  );
}

function StandingCard({ standing, contradicted }: { standing: Standing; contradicted: number | null }) {
  const { controller, flows, unnamed, activities, recipients } = standing;
  const place = movedTo(view.value, { controller: controller.id });
  const claims = movedTo(view.value, { controller: controller.id, tool: "claims" });
  const counts = standing.by_status as Record<Status, number>;
  return (
    <article class="standing">
      <h3>
        <a href={addressOf(place)} onClick={(event) => (event.preventDefault(), go(place))}>
          {controller.name}
        </a>
      </h3>
      <p class="facts">
        {gettext("explorer.facts", { activities: count(activities), recipients: count(recipients), flows: count(flows) })}
      </p>
      <Share counts={counts} total={flows} />
      <ul class="counts">
        {STATUSES.filter((status) => counts[status] > 0).map((status) => (
          <li key={status}>
            <Mark status={status} /> <b>{count(counts[status])}</b>
          </li>
        ))}
      </ul>
      <p class="facts">
        {gettext("explorer.unnamed_count", { count: count(unnamed) })}
        <br />
        {contradicted !== null && (
          <a class="above" href={addressOf(claims)} onClick={(event) => (event.preventDefault(), go(claims))}>
            {gettext("explorer.contradictions_count", { count: count(contradicted) })}
          </a>
        )}
      </p>
    </article>
  );
}

function counted(ids: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
}

/** How the flows are shared out over the footings, as one bar. */
function Share({ counts, total }: { counts: Record<Status, number>; total: number }) {
  let x = 0;
  return (
    <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {STATUSES.map((status) => {
        const width = total ? (counts[status] / total) * 100 : 0;
        const from = x;
        x += width;
        return <rect key={status} class={`fill ${status}`} x={from} y={0} width={Math.max(0, width - 0.4)} height={6} />;
      })}
    </svg>
  );
}

function Empty() {
  return (
    <div class="note">
      <p>{gettext("explorer.empty")}</p>
      <pre>
        <code>graphsvc seed{"\n"}graphsvc load my-record.yaml</code>
      </pre>
      <p>
        <a href="/api/docs">{gettext("explorer.api")}</a>
      </p>
    </div>
  );
}

export function Legend() {
  return (
    <details class="legend">
      <summary>{gettext("explorer.legend")}</summary>
      <dl>
        {STATUSES.map((status) => (
          <div key={status}>
            <dt>
              <svg viewBox="0 0 48 12" width="48" height="12" aria-hidden="true">
                <line x1="1" y1="6" x2="47" y2="6" class={`stroke ${status} ${LOOKS[status].line}`} />
              </svg>
              <span class={`mark ${status}`}>
                <span class="shape" aria-hidden="true">
                  {LOOKS[status].mark}
                </span>
                {word("status", status)}
              </span>
            </dt>
            <dd>{gettext(`explorer.means.${status}`)}</dd>
          </div>
        ))}
      </dl>
      <p class="facts">{gettext("explorer.marks_mean")}</p>
    </details>
  );
}
