// Where cards stand: columns from left to right as the answer gives them; dagre orders each column.
import { Graph, layout } from "@dagrejs/dagre";
import type { Card, Drawing } from "./drawing";

export const CARD_WIDTH = 208;
export const COLUMN_GAP = 168;
const GAP = 20;
const GROUP_GAP = 8;
const GROUP_HEAD = 24;
const GROUP_FOOT = 10;
const LINE = 15;
const PADDING = 18;
const LETTERS = 30;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is placed as one: a card, or a group with its cards. */
interface Block {
  readonly id: string;
  readonly column: number;
  readonly height: number;
  readonly cards: readonly Card[];
}

/** How many lines a text takes on a card. */
export function linesOf(text: string): number {
  return Math.min(3, Math.max(1, Math.ceil(text.length / LETTERS)));
}

/** How high a card is. */
export function heightOf(card: Card): number {
  const rest =
    Number(card.kind === "service" && !card.group) + Number(card.kind !== "activity") + Number(card.parents.length > 0);
  return PADDING + LINE * (linesOf(card.name) + rest);
}

/** The middle of every card. */
export function placesOf(drawing: Drawing): Map<string, Place> {
  const blocks = blocksOf(drawing);
  const order = ordered(drawing, blocks);
  const places = new Map<string, Place>();
  for (const block of apart(blocks, order)) for (const [id, place] of within(block)) places.set(id, place);
  return places;
}

function blocksOf(drawing: Drawing): Block[] {
  const byBlock = new Map<string, Card[]>();
  for (const card of drawing.cards) {
    const key = card.group ?? card.id;
    const found = byBlock.get(key);
    if (found) found.push(card);
    else byBlock.set(key, [card]);
  }
  return [...byBlock].map(([id, cards]) => ({ id, column: cards[0]!.column, height: blockHeight(cards), cards }));
}

function blockHeight(cards: readonly Card[]): number {
  const inside = cards.reduce((sum, card) => sum + heightOf(card), GROUP_GAP * (cards.length - 1));
  return cards[0]!.group ? inside + GROUP_HEAD + GROUP_FOOT : inside;
}

/** The middle of every block, up and down, as dagre orders them. Lines that go back do not pull at anything. */
function ordered(drawing: Drawing, blocks: readonly Block[]): Map<string, number> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: GAP, ranksep: COLUMN_GAP, ranker: "tight-tree" });
  graph.setDefaultEdgeLabel(() => ({}));
  const blockOf = new Map<string, string>();
  for (const block of blocks) {
    graph.setNode(block.id, { width: CARD_WIDTH, height: block.height });
    for (const card of block.cards) blockOf.set(card.id, block.id);
  }
  for (const line of drawing.lines) {
    if (line.back) continue;
    const [from, to] = [blockOf.get(line.from), blockOf.get(line.to)];
    if (from !== undefined && to !== undefined) graph.setEdge(from, to);
  }
  layout(graph);
  return new Map(blocks.map((block) => [block.id, (graph.node(block.id) as { y: number }).y]));
}

type Placed = Block & { readonly y: number };

/** Blocks of a column do not overlap, whatever the order came from. */
function apart(blocks: readonly Block[], order: ReadonlyMap<string, number>): Placed[] {
  const columns = new Map<number, Placed[]>();
  for (const block of blocks) {
    const column = columns.get(block.column) ?? [];
    columns.set(block.column, [...column, { ...block, y: order.get(block.id) ?? 0 }]);
  }
  return [...columns.values()].flatMap((column) => {
    let free = -Infinity;
    return column
      .sort((one, other) => one.y - other.y || one.id.localeCompare(other.id))
      .map((block) => {
        const top = Math.max(block.y - block.height / 2, free);
        free = top + block.height + GAP;
        return { ...block, y: top + block.height / 2 };
      });
  });
}

function* within(block: Placed): Generator<[string, Place]> {
  const x = block.column * (CARD_WIDTH + COLUMN_GAP);
  let top = block.y - block.height / 2 + (block.cards[0]!.group ? GROUP_HEAD : 0);
  for (const card of block.cards) {
    const height = heightOf(card);
    yield [card.id, { x, y: top + height / 2 }];
    top += height + GROUP_GAP;
  }
}
