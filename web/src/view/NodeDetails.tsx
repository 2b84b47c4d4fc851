// One controller, activity or service: whose it is, where, what comes and what goes.
import { addressOf as apiAddress, type Flow, type Node, type Party } from "../api/client";
import { flows } from "../state/lit";
import { addressOf, go, view } from "../state/store";
import { movedTo, type View } from "../state/view";
import { useAnswer } from "../state/useAnswer";
import { country, gettext } from "../words";
import { toggled } from "./Counts";
import { Fact } from "./FlowDetails";
import { Mark } from "./Mark";

export function NodeDetails({ node }: { node: Node }) {
  const known = node.party.id !== "unknown";
  const { value: party } = useAnswer<Party>(known ? apiAddress(`/parties/${encodeURIComponent(node.party.id)}`) : null);
  const coming = flows.value.filter((flow) => flow.to.id === node.id);
  const going = flows.value.filter((flow) => flow.from.id === node.id);
  return (
    <>
      <p class="over-title">{gettext(`explorer.kind.${node.kind as "service"}`)}</p>
      <h2>{node.name}</h2>
      {node.status && (
        <p>
          <Mark status={node.status} />
        </p>
      )}
      {node.unnamed && node.kind === "service" && <p class="note">{gettext("explorer.unnamed_help")}</p>}
      <dl class="facts">
        <Fact name="explorer.party">{node.unnamed ? gettext("word.unnamed") : node.party.name}</Fact>
        <Fact name="explorer.legal_name">{party?.legal_name ?? null}</Fact>
        <Fact name="explorer.aliases">{(party?.aliases ?? []).join(", ")}</Fact>
        <Fact name="explorer.places">{node.countries.map(country).join(", ")}</Fact>
        <Fact name="explorer.parents">
          {node.parents_outside.map((group) => `${group.name} (${country(group.country)})`).join(", ")}
        </Fact>
      </dl>
      <Actions node={node} />
      <FlowList title={gettext("explorer.coming", { count: coming.length })} flows={coming} end="from" />
      <FlowList title={gettext("explorer.going", { count: node.sends })} flows={going} end="to" />
    </>
  );
}

function Actions({ node }: { node: Node }) {
  const opened = view.value.open.includes(node.id);
  return (
    <p class="actions">
      {(node.hidden > 0 || opened) && (
        <button type="button" onClick={() => go({ open: toggled(view.value.open, node.id) })}>
          {opened ? gettext("explorer.close_node") : gettext("explorer.open_node", { count: node.hidden })}
        </button>
      )}
      {node.kind === "controller" && <Move to={{ controller: node.id }}>{gettext("explorer.only_this")}</Move>}
      {node.kind === "activity" && <Move to={{ activity: node.id }}>{gettext("explorer.only_this")}</Move>}
      {node.kind === "service" && <Move to={{ service: node.id }}>{gettext("explorer.upstream")}</Move>}
      {node.kind === "service" && !node.unnamed && (
        <Move to={{ party: node.party.id, tool: "breach" }}>{gettext("explorer.if_breached", { name: node.party.name })}</Move>
      )}
    </p>
  );
}

function Move({ to, children }: { to: Partial<View>; children: string }) {
  const place = movedTo(view.value, to);
  return (
    <a href={addressOf(place)} onClick={(event) => (event.preventDefault(), go(place))}>
      {children}
    </a>
  );
}

function FlowList({ title, flows: shown, end }: { title: string; flows: readonly Flow[]; end: "from" | "to" }) {
  if (!shown.length) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="flows">
        {shown.map((flow) => (
          <li key={flow.flow}>
            <Mark status={flow.status} />{" "}
            <button type="button" class="link" onClick={() => go({ select: { kind: "flow", id: flow.flow } })}>
              {flow[end].name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
