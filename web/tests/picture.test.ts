import { describe, expect, test } from "vitest";
import { drawingOf } from "../src/picture/drawing";
import { CARD_WIDTH, heightOf, placesOf } from "../src/picture/layout";
import { LOOKS, STATUSES, colourOf, DARK, LIGHT } from "../src/picture/looks";
import { styleOf } from "../src/picture/style";
import { ARROWS, walk, type Arrow } from "../src/picture/walk";
import { turnsOf } from "../src/state/lit";
import type { Selection } from "../src/state/view";
import { flow, node, shop, type Shown } from "./builders";

const drawing = drawingOf(shop);
const places = placesOf(drawing);

describe("a drawing", () => {
  test("has a line for each flow, and one from the controller to its activity", () => {
    expect(drawing.lines.map((line) => line.id)).toEqual(["of:a", "flow:a-s1", "flow:a-s2", "flow:s2-s3", "flow:s3-s2"]);
  });

  test("tells apart what goes back, so that a circle is drawn once", () => {
    expect(drawing.lines.filter((line) => line.back).map((line) => line.id)).toEqual(["flow:s3-s2"]);
  });

  test("groups the services of one party in one column, and never those without a name", () => {
    const google = { id: "google", name: "Google" };
    const nobody = { id: "unknown", name: "unknown" };
    const shown: Shown = {
      nodes: [
        node("g1", 2, { party: google }),
        node("g2", 2, { party: google }),
        node("g3", 3, { party: google }),
        node("u1", 2, { party: nobody, unnamed: true }),
        node("u2", 2, { party: nobody, unnamed: true }),
      ],
      items: [],
      ways: [],
    };
    const found = drawingOf(shown);
    expect(found.groups.map((group) => group.name)).toEqual(["Google"]);
    expect(found.cards.filter((card) => card.group).map((card) => card.id)).toEqual(["g1", "g2"]);
  });

  test("marks ways and what rests on what is inferred", () => {
    const found = drawingOf({ ...shop, items: [flow("a", "s1", { basis: "inferred" })], ways: [flow("a", "s2")] });
    expect(found.lines.filter((line) => line.weak).map((line) => line.id)).toEqual(["flow:a-s1"]);
    expect(found.lines.filter((line) => line.way).map((line) => line.id)).toEqual(["flow:a-s2"]);
  });
});

describe("places", () => {
  test("go from left to right with the columns", () => {
    for (const card of drawing.cards) expect(places.get(card.id)!.x).toBe(card.column * (places.get("a")!.x - places.get("shop")!.x));
    expect(places.get("a")!.x).toBeGreaterThan(CARD_WIDTH);
  });

  test.each([60, 600])("of %i services never overlap within a column", (number) => {
    const many = Array.from({ length: number }, (_, place) => node(`m${place}`, 2 + (place % 3)));
    const large = drawingOf({ nodes: [node("shop", 0), node("a", 1), ...many], items: many.map((each) => flow("a", each.id)), ways: [] });
    const found = placesOf(large);
    for (const one of large.cards)
      for (const other of large.cards) {
        if (one.id >= other.id || one.column !== other.column) continue;
        const apart = Math.abs(found.get(one.id)!.y - found.get(other.id)!.y);
        expect(apart).toBeGreaterThanOrEqual((heightOf(one) + heightOf(other)) / 2);
      }
  });

  test("are the same for the same answer", () => {
    expect(placesOf(drawingOf(shop))).toEqual(places);
  });
});

describe("walking by keyboard", () => {
  const steps = (...arrows: Arrow[]) =>
    arrows.reduce<Selection | null>((at, arrow) => walk(drawing, places, at, arrow), null);

  test("begins at the controller, goes along the flows, and back", () => {
    expect(steps("ArrowRight")).toEqual({ kind: "node", id: "shop" });
    expect(steps("ArrowRight", "ArrowRight")).toEqual({ kind: "node", id: "a" });
    const flow = steps("ArrowRight", "ArrowRight", "ArrowRight")!;
    expect(flow.kind).toBe("flow");
    expect(steps("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")).toEqual({ kind: "node", id: "a" });
  });

  test("goes from a flow to the one beside it", () => {
    const first = steps("ArrowRight", "ArrowRight", "ArrowRight")!;
    const second = walk(drawing, places, first, "ArrowDown")!;
    expect(new Set([first.id, second.id])).toEqual(new Set(["a-s1", "a-s2"]));
    expect(walk(drawing, places, second, "ArrowUp")).toEqual(first);
  });

  test("reaches everything that is drawn", () => {
    const seen = new Set<string>();
    const todo: (Selection | null)[] = [null];
    while (todo.length) {
      const from = todo.pop()!;
      for (const arrow of ARROWS as Arrow[]) {
        const next = walk(drawing, places, from ?? null, arrow);
        const key = next && `${next.kind}:${next.id}`;
        if (!next || seen.has(key!)) continue;
        seen.add(key!);
        todo.push(next);
      }
    }
    const flows = drawing.lines.filter((line) => line.status !== "none").map((line) => line.id);
    expect(seen).toEqual(new Set([...drawing.cards.map((card) => `node:${card.id}`), ...flows]));
  });
});

describe("footings", () => {
  test("differ in shape or line, not in colour alone", () => {
    const looks = STATUSES.map((status) => `${LOOKS[status].mark} ${LOOKS[status].arrow} ${LOOKS[status].line}`);
    expect(new Set(looks).size).toBe(STATUSES.length);
  });

  test.each([
    ["light", LIGHT],
    ["dark", DARK],
  ])("can be read on %s paper", (_, palette) => {
    for (const status of STATUSES) expect(contrast(colourOf(status, palette), palette.paper)).toBeGreaterThan(4.5);
  });

  test("have a style each, calm and dense", () => {
    for (const dense of [true, false]) {
      const selectors = styleOf(LIGHT, dense).map((block) => block.selector);
      for (const status of STATUSES) expect(selectors).toContain(`edge[status = '${status}']`);
    }
  });
});

test("what has turned is told with its footing before", () => {
  const later = { items: [flow("a", "s1", { status: "lapsed" }), flow("a", "new", { status: "unknown" })] };
  expect(turnsOf({ items: [flow("a", "s1", { status: "adequate" })] }, later)).toEqual([
    { flow: later.items[0], before: "adequate" },
  ]);
});

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
