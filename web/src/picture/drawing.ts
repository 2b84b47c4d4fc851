// From an answer to what is drawn: cards in columns, lines between them, groups around the services of one party.
import type { Flow, Node, Picture, Status } from "../api/client";
import { lineId } from "./ids";

export interface Card {
  readonly id: string;
  readonly kind: "controller" | "activity" | "service";
  readonly name: string;
  readonly column: number;
  readonly party: { readonly id: string; readonly name: string };
  readonly countries: readonly string[];
  readonly status: Status | null;
  readonly unnamed: boolean;
  readonly hidden: number;
  readonly parents: readonly { readonly name: string; readonly country: string }[];
  readonly group: string | null;
}

export interface Line {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `none` for the line from a controller to its activity, which is no flow. */
  readonly status: Status | "none";
  /** Whether it only leads to a flow that is asked for. */
  readonly way: boolean;
  /** Whether it goes to the same column or back, as flows of a circle do. */
  readonly back: boolean;
  readonly weak: boolean;
  /** At which end its word stands, and how many other words stand there before it: so that words do not overlap. */
  readonly word: { readonly end: "from" | "to"; readonly place: number };
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly column: number;
}

export interface Drawing {
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  readonly groups: readonly Group[];
}

/** The drawing of an answer. */
export function drawingOf(picture: Pick<Picture, "nodes" | "items" | "ways">): Drawing {
  const groups = groupsOf(picture.nodes);
  const cards = picture.nodes.map((node) => cardOf(node, groups));
  const columns = new Map(cards.map((card) => [card.id, card.column]));
  const responsible = cards.filter((card) => card.kind === "activity").map(responsibility);
  const flows = [
    ...picture.items.map((flow) => lineOf(flow, columns, false)),
    ...picture.ways.map((flow) => lineOf(flow, columns, true)),
  ];
  return { cards, lines: [...responsible, ...withWords(flows)], groups: [...groups.values()].map((found) => found.group) };
}

type Groups = Map<string, { readonly group: Group; readonly members: readonly string[] }>;

/** Services of one party in one column stand together, when there are several. */
function groupsOf(nodes: readonly Node[]): Groups {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.kind !== "service" || node.unnamed) continue;
    const key = groupKey(node);
    found.set(key, [...(found.get(key) ?? []), node]);
  }
  const several = [...found].filter(([, members]) => members.length > 1);
  return new Map(
    several.map(([id, members]) => {
      const [first] = members as [Node, ...Node[]];
      const group = { id, name: first.party.name, column: first.column };
      return [id, { group, members: members.map((member) => member.id) }];
    }),
  );
}

const groupKey = (node: Node): string => `group:${node.column}:${node.party.id}`;

function cardOf(node: Node, groups: Groups): Card {
  const key = groupKey(node);
  return {
    id: node.id,
    kind: node.kind as Card["kind"],
    name: node.name,
    column: node.column,
    party: node.party,
    countries: node.countries,
    status: node.status,
    unnamed: node.kind === "service" && node.unnamed,
    hidden: node.hidden,
    parents: node.parents_outside,
    group: groups.get(key)?.members.includes(node.id) ? key : null,
  };
}

const AT_START = { end: "from", place: 0 } as const;

function responsibility(activity: Card): Line {
  const { id, party } = activity;
  return { id: `of:${id}`, from: party.id, to: id, status: "none", way: false, back: false, weak: false, word: AT_START };
}

function lineOf(flow: Flow, columns: ReadonlyMap<string, number>, way: boolean): Line {
  const [from, to] = [flow.from.id, flow.to.id];
  return {
    id: lineId(flow.flow),
    from,
    to,
    status: flow.status,
    way,
    back: (columns.get(to) ?? 0) <= (columns.get(from) ?? 0),
    weak: flow.basis === "inferred" || flow.basis === "assumed",
    word: AT_START,
  };
}

/** Words stand at the end where fewer lines meet, one after the other. */
function withWords(lines: readonly Line[]): Line[] {
  const [leaving, coming] = [countOf(lines, "from"), countOf(lines, "to")];
  const places = new Map<string, number>();
  return lines.map((line) => {
    const end = (leaving.get(line.from) ?? 0) <= (coming.get(line.to) ?? 0) ? "from" : "to";
    const key = `${end} ${line[end]}`;
    const place = places.get(key) ?? 0;
    places.set(key, place + 1);
    return { ...line, word: { end, place } };
  });
}

function countOf(lines: readonly Line[], end: "from" | "to"): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) found.set(line[end], (found.get(line[end]) ?? 0) + 1);
  return found;
}
