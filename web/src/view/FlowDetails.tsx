// One flow: its footing and the act behind it, its data, role, contract, tools, chain and sources.
import type { Flow } from "../api/client";
import { isSpecial, nodeName, term } from "../state/names";
import { addressOf, go } from "../state/store";
import { country, longDay, gettext, word, type Key } from "../words";
import { Mark } from "./Mark";
import { Sources } from "./Sources";

export function FlowDetails({ flow }: { flow: Flow }) {
  return (
    <>
      <p class="over-title">{flow.from.name} →</p>
      <h2>{flow.to.name}</h2>
      <p>
        <Mark status={flow.status} /> {word("role", flow.role)}
        {flow.own_processing && `, ${gettext("explorer.own_processing")}`}
      </p>
      {(flow.basis === "inferred" || flow.basis === "assumed") && (
        <p class="note">{gettext("explorer.weak", { basis: word("basis", flow.basis) })}</p>
      )}
      <h3>{gettext("explorer.footing")}</h3>
      <ul class="footings">
        {flow.places.map((place) => (
          <li key={place.country}>
            <b>{country(place.country)}</b> <Mark status={place.status} />
            <p>{place.reason}</p>
            {place.act && <p class="act">{place.act}</p>}
            {place.transfer_impact_assessment === false && <p>{gettext("explorer.no_assessment")}</p>}
          </li>
        ))}
      </ul>
      <Data flow={flow} />
      <dl class="facts">
        <Fact name="explorer.party">{flow.importer.id === "unknown" ? gettext("word.unnamed") : flow.importer.name}</Fact>
        <Fact name="explorer.purpose">{flow.purpose}</Fact>
        <Fact name="explorer.condition">{flow.condition}</Fact>
        <Fact name="explorer.contract">{contractText(flow)}</Fact>
        <Fact name="explorer.valid">{validText(flow.valid_from, flow.valid_until)}</Fact>
        <Fact name="explorer.parents">
          {flow.parents_outside.map((group) => `${group.name} (${country(group.country)})`).join(", ")}
        </Fact>
        <Fact name="explorer.activities">{flow.activities.map((each) => each.name).join(", ")}</Fact>
      </dl>
      <Tools flow={flow} />
      <Chain flow={flow} />
      <Sources evidence={flow.sources} />
    </>
  );
}

function Data({ flow }: { flow: Flow }) {
  return (
    <>
      <h3>{gettext("explorer.data")}</h3>
      <ul class="items">
        {flow.data.map((item) => (
          <li key={`${item.subject} ${item.category}`}>
            {term(item.category)} <small>{term(item.subject)}</small>
            {isSpecial(item.category) && <b class="special"> {gettext("explorer.special")}</b>}
          </li>
        ))}
      </ul>
      {flow.widening.length > 0 && (
        <p class="note">{gettext("explorer.widening", { items: flow.widening.map((item) => term(item.category)).join(", ") })}</p>
      )}
    </>
  );
}

function Tools({ flow }: { flow: Flow }) {
  if (!flow.tools.length) return null;
  return (
    <>
      <h3>{gettext("explorer.tools")}</h3>
      <ul class="items">
        {flow.tools.map((tool) => (
          <li key={tool.id}>
            {tool.name} <small>{tool.article}</small>
            <p class="act">{tool.act}</p>
            <p>
              {validText(tool.valid_from, tool.valid_until)}
              {tool.ended_by && `, ${gettext("explorer.ended_by", { act: tool.ended_by })}`}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Chain({ flow }: { flow: Flow }) {
  return (
    <>
      <h3>{gettext("explorer.chain")}</h3>
      <ol class="chain">
        <li>{flow.controllers.map((each) => each.name).join(", ")}</li>
        {flow.chain.map((step) => {
          const to = { select: { kind: "flow", id: step.flow } } as const;
          return (
            <li key={step.flow}>
              {nodeName(step.from)} →{" "}
              <a href={addressOf(to)} onClick={(event) => (event.preventDefault(), go(to))}>
                {nodeName(step.to)}
              </a>
            </li>
          );
        })}
      </ol>
    </>
  );
}

export function Fact({ name, children }: { name: Key; children: string | null }) {
  if (!children) return null;
  return (
    <div>
      <dt>{gettext(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function contractText(flow: Flow): string {
  const { contract } = flow;
  if (!contract) return gettext("explorer.no_contract");
  const kind = gettext(`explorer.contract.${contract.kind}` as Key);
  return [kind, contract.title, contract.date && longDay(contract.date)].filter(Boolean).join(", ");
}

export function validText(from: string | null, until: string | null): string {
  if (from && until) return gettext("explorer.from_until", { from: longDay(from), until: longDay(until) });
  if (from) return gettext("explorer.valid_from", { from: longDay(from) });
  return until ? gettext("explorer.valid_until", { until: longDay(until) }) : "";
}
