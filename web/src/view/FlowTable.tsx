// The table: the peer of the picture, with the same flows, the same selection and the same words.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Flow } from "../api/client";
import { STATUSES } from "../picture/looks";
import { picture } from "../state/answers";
import { turned } from "../state/lit";
import { term } from "../state/names";
import { go, view } from "../state/store";
import { count, country, gettext, word } from "../words";
import { Mark } from "./Mark";

const PAGE = 150;
type Order = "status" | "depth" | "to" | "country";
const ORDERS: Record<Order, (one: Flow, other: Flow) => number> = {
  status: (one, other) => STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) || one.depth - other.depth,
  depth: (one, other) => one.depth - other.depth,
  to: (one, other) => one.to.name.localeCompare(other.to.name),
  country: (one, other) => one.countries.join().localeCompare(other.countries.join()),
};

export function FlowTable() {
  const { items } = picture.value.value!;
  const order = useSignal<Order>("status");
  const most = useSignal(PAGE);
  const sorted = [...items].sort((one, other) => ORDERS[order.value](one, other) || one.flow.localeCompare(other.flow));
  const selected = view.value.select?.kind === "flow" ? view.value.select.id : null;
  const place = sorted.findIndex((flow) => flow.flow === selected);
  useEffect(() => {
    if (place >= most.value) most.value = place + PAGE;
  }, [place]);

  const head = (key: Order, text: string) => (
    <th scope="col" aria-sort={order.value === key ? "ascending" : undefined}>
      <button type="button" class="sort" onClick={() => (order.value = key)}>
        {text}
      </button>
    </th>
  );
  return (
    <div class="table">
      <h2 id="flows">{gettext("explorer.flows_shown", { count: count(items.length) })}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="flows">
        <table>
          <thead>
            <tr>
              {head("status", gettext("explorer.status"))}
              <th scope="col">{gettext("explorer.from")}</th>
              {head("to", gettext("explorer.to"))}
              {head("country", gettext("explorer.country"))}
              <th scope="col">{gettext("explorer.role")}</th>
              <th scope="col">{gettext("explorer.data")}</th>
              {head("depth", gettext("explorer.step"))}
              <th scope="col">{gettext("explorer.why")}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, most.value).map((flow) => (
              <Row key={flow.flow} flow={flow} selected={flow.flow === selected} />
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > most.value && (
        <button type="button" onClick={() => (most.value += PAGE)}>
          {gettext("word.more", { count: count(sorted.length - most.value) })}
        </button>
      )}
    </div>
  );
}

function Row({ flow, selected }: { flow: Flow; selected: boolean }) {
  const changed = turned.value.some((turn) => turn.flow.flow === flow.flow);
  const select = () => go({ select: { kind: "flow", id: flow.flow } });
  const [place] = flow.places;
  return (
    <tr class={`${selected ? "selected" : ""} ${changed ? "changed" : ""}`} onClick={select}>
      <td>
        <Mark status={flow.status} />
      </td>
      <td>{flow.from.name}</td>
      <th scope="row">
        <button type="button" class="link" aria-current={selected} onClick={(event) => (event.stopPropagation(), select())}>
          {flow.to.name}
        </button>
        <small>{flow.importer.id === "unknown" ? gettext("word.unnamed") : flow.importer.name}</small>
      </th>
      <td>{flow.countries.map(country).join(", ")}</td>
      <td>{word("role", flow.role)}</td>
      <td class="data">{dataText(flow)}</td>
      <td class="number">{flow.depth}</td>
      <td class="why">
        {place?.act ?? place?.reason}
        {flow.basis !== "stated" && <small>{word("basis", flow.basis)}</small>}
      </td>
    </tr>
  );
}

function dataText(flow: Flow): string {
  const names = [...new Set(flow.data.map((item) => term(item.category)))];
  const [shown, rest] = [names.slice(0, 2), names.length - 2];
  return shown.join(", ") + (rest > 0 ? `, ${gettext("word.more", { count: rest })}` : "");
}
