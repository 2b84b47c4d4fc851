// What there is to choose from while something is typed: parties, services and flows by search, rows of law by their words.
import { addressOf, get } from "../api/client";
import { speaking } from "../api/questions";
import { country } from "../words";
import type { Of } from "./kinds";
import { picture } from "./answers";
import { flows } from "./lit";
import { nodeName, partyName } from "./names";
import { day, language } from "./store";

export type Option = readonly [id: string, name: string];
/** Finds what fits a text; with an empty text what is near at hand. */
export type Source = (text: string, stop: AbortSignal) => Promise<Option[]>;

const MOST = 25;
const EVERYTHING = 1_000;

interface Page<T> {
  readonly items: T[];
}
interface Act {
  readonly title: string;
}
interface Named {
  readonly id: string;
  readonly name: string;
}
interface Row {
  readonly id: string;
  readonly kind: string;
  readonly act: Act;
}
interface Regime extends Row {
  readonly country: string;
  readonly valid_from: string;
  readonly valid_until?: string;
}
interface Tool extends Row {
  readonly name: string;
}

const rows = new Map<string, Promise<Page<Row>>>();
const SPOKEN = ["/regimes", "/tools"];

/** Rows of law change only with a load, so they are asked for once. */
async function law<T extends Row>(path: string): Promise<T[]> {
  const spoken = SPOKEN.includes(path) ? speaking(language.value) : {};
  const address = addressOf(path, { page_size: EVERYTHING, ...spoken });
  const known = rows.get(address) ?? get<Page<Row>>(address);
  rows.set(address, known);
  return (await known).items as T[];
}

async function found<T>(path: string, text: string, stop: AbortSignal): Promise<T[]> {
  return (await get<Page<T>>(addressOf(path, { q: text, page_size: MOST }), stop)).items;
}

const parties: Source = async (text, stop) => {
  if (text) return (await found<Named>("/parties", text, stop)).map((each) => [each.id, each.name]);
  const near = (picture.value.value?.nodes ?? []).filter((node) => node.kind === "service" && !node.unnamed);
  return sorted(near.map((node) => [node.party.id, node.party.name]));
};

const services: Source = async (text, stop) => {
  const of = (name: string, party: string) => (name === partyName(party) ? name : `${name} (${partyName(party)})`);
  if (text) {
    const all = await found<Named & { provider?: string }>("/services", text, stop);
    return all.map((each) => [each.id, each.provider ? of(each.name, each.provider) : each.name]);
  }
  const near = (picture.value.value?.nodes ?? []).filter((node) => node.kind === "service");
  return sorted(near.map((node) => [node.id, of(node.name, node.party.id)]));
};

const flowsOf: Source = async (text, stop) => {
  const name = (from: string, to: string) => `${nodeName(from)} → ${nodeName(to)}`;
  const near = flows.value.map((flow): Option => [flow.flow, name(flow.from.id, flow.to.id)]);
  const fitting = near.filter(([, told]) => fits(told, text));
  if (fitting.length || !text) return sorted(fitting);
  const all = await found<{ id: string; from: string; to: string }>("/flows", text, stop);
  return all.map((flow) => [flow.id, name(flow.from, flow.to)]);
};

const decisions: Source = async (text) => {
  const inForce = (await law<Regime>("/regimes")).filter(
    (row) => row.kind === "adequacy" && (!row.valid_until || row.valid_until >= day.value),
  );
  const clauses = (await law<Tool>("/tools")).filter((row) => row.kind === "safeguard" && /\d/.test(row.act.title));
  const options = [
    ...inForce.map((row): Option => [row.id, `${country(row.country)}: ${row.act.title}`]),
    ...clauses.filter((row) => row.id.startsWith("scc")).map((row): Option => [row.id, `${row.name}: ${row.act.title}`]),
  ];
  return sorted(options.filter(([id, name]) => fits(`${name} ${id}`, text)));
};

const tools =
  (isList: boolean): Source =>
  async (text) => {
    const all = (await law<Tool>("/tools")).filter((row) => (isList ? row.kind === "adequacy_list" : row.kind !== "no_transfer_tool"));
    return sorted(all.map((row): Option => [row.id, row.name]).filter(([id, name]) => fits(`${name} ${id}`, text)));
  };

/** Where a field's choices come from; null: it is no choice among many. */
export function sourceOf(of: Of): Source | null {
  const sources: Partial<Record<Of, Source>> = {
    party: parties,
    service: services,
    flow: flowsOf,
    decision: decisions,
    tool: tools(false),
    list: tools(true),
  };
  return sources[of] ?? null;
}

/** Every country there is, by name. */
export async function countries(): Promise<Option[]> {
  const all = await law<Row>("/countries");
  return sorted(all.map((each): Option => [each.id, country(each.id)]).filter(([id]) => /^[A-Z]{2}$/.test(id)));
}

function fits(name: string, text: string): boolean {
  const lower = name.toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).every((part) => lower.includes(part));
}

function sorted(options: readonly Option[]): Option[] {
  const byId = new Map(options.map((option) => [option[0], option]));
  return [...byId.values()].sort(([, one], [, other]) => one.localeCompare(other, language.value));
}
