// What stands out in the picture: the chains of what is selected, and what has changed since the last day.
import { computed, effect, signal } from "@preact/signals";
import type { Flow, Picture } from "../api/client";
import { lineId, nodeId } from "../picture/ids";
import { before, picture } from "./answers";
import { view } from "./store";

/** Every flow that is shown, asked for or on the way. */
export const flows = computed<readonly Flow[]>(() => {
  const found = picture.value.value;
  return found ? [...found.items, ...found.ways] : [];
});

/** The chains of the tool at work, such as those of a path; null: none. */
export const toolChains = signal<readonly Flow["chain"][] | null>(null);

export const lit = computed<ReadonlySet<string> | null>(() =>
  toolChains.value ? lightOf(toolChains.value, flows.value) : selectionLit.value,
);

/** Ids of the lines and cards on the chains to what is selected, and right behind it. */
const selectionLit = computed(() => {
  const selected = view.value.select;
  if (!selected) return null;
  const ends = flows.value.filter((flow) => (selected.kind === "flow" ? flow.flow : flow.to.id) === selected.id);
  const next = flows.value.filter((flow) => selected.kind === "node" && flow.from.id === selected.id);
  const found = chainsOf(ends, flows.value);
  for (const flow of next) found.add(lineId(flow.flow)).add(nodeId(flow.to.id));
  const nodes = picture.value.value?.nodes ?? [];
  if (selected.kind === "node" && nodes.some((node) => node.id === selected.id)) found.add(nodeId(selected.id));
  if (!ends.length) for (const id of ownActivities(selected.id)) found.add(nodeId(id)).add(`of:${id}`);
  return found.size ? found : null;
});

function ownActivities(controller: string): string[] {
  const nodes = picture.value.value?.nodes ?? [];
  return nodes.filter((node) => node.kind === "activity" && node.party.id === controller).map((node) => node.id);
}

/** The lines and cards of the shortest chains of some flows, the controllers at their beginning too. */
export function chainsOf(ends: readonly Flow[], all: readonly Flow[]): Set<string> {
  return lightOf(
    ends.map((flow) => flow.chain),
    all,
  );
}

/** The lines and cards of some chains, the controllers at their beginning too. */
export function lightOf(chains: readonly Flow["chain"][], all: readonly Flow[]): Set<string> {
  const known = new Map(all.map((flow) => [flow.flow, flow]));
  const found = new Set<string>();
  for (const step of chains.flat()) {
    found.add(lineId(step.flow)).add(nodeId(step.from)).add(nodeId(step.to));
    const flow = known.get(step.flow);
    if (flow?.depth !== 1) continue;
    found.add(`of:${flow.from.id}`);
    for (const controller of flow.controllers) found.add(nodeId(controller.id));
  }
  return found;
}

export interface Turn {
  readonly flow: Flow;
  readonly before: Flow["status"];
}

/** The flows whose footing is another one than in the answer before. */
export const turned = signal<readonly Turn[]>([]);

let earlier: Picture | null = null;
let about = "";

effect(() => {
  const found = picture.value.value;
  const beside = view.value.changes.length ? before.value.value : null;
  if (!found) return;
  if (beside) turned.value = turnsOf(beside, found);
  else if (found !== earlier) {
    const now = aboutOf();
    turned.value = earlier && now === about ? turnsOf(earlier, found) : [];
    about = now;
  }
  earlier = found;
});

/** What the picture is about but for the day: only answers about the same can be compared. */
function aboutOf(): string {
  const { controller, activity, party, service, category, subject, beyond, changes } = view.peek();
  return JSON.stringify([controller, activity, party, service, category, subject, beyond, changes]);
}

/** The flows of two answers whose footing differs. */
export function turnsOf(one: Pick<Picture, "items">, other: Pick<Picture, "items">): Turn[] {
  const known = new Map(one.items.map((flow) => [flow.flow, flow.status]));
  return other.items.flatMap((flow) => {
    const status = known.get(flow.flow);
    return status !== undefined && status !== flow.status ? [{ flow, before: status }] : [];
  });
}
