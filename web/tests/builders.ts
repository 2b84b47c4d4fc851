// Builders of answers: gettext what matters, the rest is filled in.
import type { Flow, Node, Picture } from "../src/api/client";

export function flow(from: string, to: string, more: Partial<Flow> = {}): Flow {
  const id = `${from}-${to}`;
  return {
    flow: id,
    from: { id: from, name: from },
    to: { id: to, name: to },
    exporter: { id: "p", name: "p" },
    importer: { id: `party-${to}`, name: `party of ${to}` },
    role: "processor",
    status: "inside",
    countries: ["NL"],
    places: [],
    controllers: [{ id: "shop", name: "shop" }],
    activities: [],
    data: [],
    chain: [{ flow: id, from, to }],
    depth: 1,
    purpose: null,
    condition: null,
    contract: null,
    tools: [],
    valid_from: null,
    valid_until: null,
    own_processing: false,
    widening: [],
    parents_outside: [],
    basis: "stated",
    sources: [],
    ...more,
  };
}

export function node(id: string, column: number, more: Partial<Node> = {}): Node {
  const kind = (["controller", "activity"] as const)[column] ?? "service";
  return {
    id,
    kind,
    name: id,
    column,
    party: { id: column < 2 ? "shop" : `party-${id}`, name: `party of ${id}` },
    unnamed: false,
    countries: [],
    status: null,
    sends: 0,
    hidden: 0,
    parents_outside: [],
    ...more,
  };
}

export type Shown = Pick<Picture, "nodes" | "items" | "ways">;

/** A shop with one activity, two services at the first level and one behind them, which sends back. */
export const shop: Shown = {
  nodes: [node("shop", 0), node("a", 1), node("s1", 2), node("s2", 2), node("s3", 3)],
  items: [flow("a", "s1"), flow("a", "s2", { status: "lapsed" }), flow("s2", "s3", { depth: 2 }), flow("s3", "s2", { depth: 3 })],
  ways: [],
};
