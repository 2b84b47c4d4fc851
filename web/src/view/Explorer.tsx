// A picture with everything around it: what it is about, the day, the tools, the table, and the details.
import { useEffect } from "preact/hooks";
import { announce } from "../state/announce";
import { picture, tooMuch } from "../state/answers";
import { turned } from "../state/lit";
import { nodeName, title } from "../state/names";
import { day, go, view } from "../state/store";
import { SHOWS } from "../state/view";
import { longDay, gettext, word } from "../words";
import { Counts } from "./Counts";
import { DaySlider } from "./DaySlider";
import { Details } from "./Details";
import { Exports } from "./Exports";
import { Filters } from "./Filters";
import { FlowTable } from "./FlowTable";
import { Stage } from "./Stage";
import { Legend } from "./Start";
import { TooMuch } from "./TooMuch";
import { ToolPanel, Tools } from "./Tools";

export function Explorer() {
  const { value, loading } = picture.value;
  const { show, select, tool } = view.value;
  useEffect(() => {
    if (value) announce(`${longDay(value.on)}. ${summary()}${turns()}`);
  }, [value]);
  return (
    <div class="explorer" aria-busy={loading}>
      <div class="head">
        <div>
          <h1>{title.value}</h1>
          <p class="lead">{value ? `${longDay(value.on)}. ${summary()}` : loading ? gettext("explorer.loading") : longDay(day.value)}</p>
        </div>
        <Exports />
      </div>
      {value && <Counts />}
      <DaySlider />
      <div class="tools-row">
        <Tools />
        <Turns />
      </div>
      <div class="columns">
        <div class="middle">
          <div class="over">
            <Filters />
            <fieldset class="switch">
              <legend class="unseen">{gettext("explorer.show")}</legend>
              {SHOWS.map((each) => (
                <label key={each}>
                  <input type="radio" name="show" checked={show === each} onChange={() => go({ show: each }, "quietly")} />
                  {gettext(`explorer.show.${each}`)}
                </label>
              ))}
            </fieldset>
          </div>
          {tooMuch.value && <TooMuch problem={tooMuch.value} />}
          {value && show !== "table" && <Stage />}
          {value && show !== "picture" && <FlowTable />}
        </div>
        <aside aria-label={gettext("explorer.beside")}>
          {select && <Details key={`${select.kind}:${select.id}`} />}
          <ToolPanel />
          {!select && tool === "chain" && <Hint />}
          <Legend />
        </aside>
      </div>
    </div>
  );
}

/** One sentence on what the picture shows. */
function summary(): string {
  const found = picture.value.value;
  if (!found) return "";
  const total = found.levels.reduce((sum, level) => sum + level.flows, 0);
  const unnamed = found.nodes.filter((node) => node.kind === "service" && node.unnamed).length;
  const parts = [
    total ? gettext("explorer.summary", { flows: total, levels: found.levels.length }) : gettext("explorer.no_flows", { day: longDay(day.value) }),
    ...(unnamed ? [gettext("explorer.summary_unnamed", { count: unnamed })] : []),
  ];
  return parts.join(" ");
}

function turns(): string {
  return turned.value.map((turn) => ` ${turnText(turn)}.`).join("");
}

function turnText({ flow, before }: (typeof turned.value)[number]): string {
  return gettext("explorer.turned", {
    name: `${nodeName(flow.from.id)} → ${flow.to.name}`,
    before: word("status", before),
    after: word("status", flow.status),
  });
}

/** What another day has changed, in words. */
function Turns() {
  if (!turned.value.length) return null;
  const [first, ...rest] = turned.value;
  return (
    <p class="turns">
      <button type="button" class="link" onClick={() => go({ select: { kind: "flow", id: first!.flow.flow } })}>
        {turnText(first!)}
      </button>
      {rest.length > 0 && ` ${gettext("explorer.turned_more", { count: rest.length })}`}
    </p>
  );
}

function Hint() {
  return <p class="hint">{gettext("explorer.hint")}</p>;
}
