// Where cards stand: columns from left to right as the answer gives them; dagre orders each column. For very large
// drawings it would keep a person waiting: then each column is ordered by where its lines come from.
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
/** From how many blocks on dagre takes longer than anybody waits. */
const LARGE = 300;

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
  const pairs = pairsOf(drawing, blocks);
  const order = blocks.length > LARGE ? swept(blocks, pairs) : ordered(blocks, pairs);
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

type Pair = readonly [from: string, to: string];

/** Which blocks lines connect, from left to right: lines that go back do not pull at anything. */
function pairsOf(drawing: Drawing, blocks: readonly Block[]): Pair[] {
  const blockOf = new Map(blocks.flatMap((block) => block.cards.map((card) => [card.id, block.id])));
  return drawing.lines.flatMap((line) => {
    const [from, to] = [blockOf.get(line.from), blockOf.get(line.to)];
    return line.back || from === undefined || to === undefined ? [] : [[from, to] as const];
  });
}

/** The middle of every block, up and down, as dagre orders them. */
function ordered(blocks: readonly Block[], pairs: readonly Pair[]): Map<string, number> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: GAP, ranksep: COLUMN_GAP, ranker: "tight-tree" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const block of blocks) graph.setNode(block.id, { width: CARD_WIDTH, height: block.height });
  for (const [from, to] of pairs) graph.setEdge(from, to);
  layout(graph);
  return new Map(blocks.map((block) => [block.id, (graph.node(block.id) as { y: number }).y]));
}

/** The middle of every block when each column is ordered by the middles of what sends to it. */
function swept(blocks: readonly Block[], pairs: readonly Pair[]): Map<string, number> {
  const senders = new Map<string, string[]>();
  for (const [from, to] of pairs) senders.set(to, [...(senders.get(to) ?? []), from]);
  const middles = new Map<string, number>();
  const meanOf = (block: Block) => {
    const found = (senders.get(block.id) ?? []).flatMap((id) => middles.get(id) ?? []);
    return found.length ? found.reduce((sum, y) => sum + y, 0) / found.length : 0;
  };
  for (const column of [...new Set(blocks.map((block) => block.column))].sort((one, other) => one - other)) {
    const members = blocks.filter((block) => block.column === column).map((block) => ({ block, mean: meanOf(block) }));
    members.sort((one, other) => one.mean - other.mean || one.block.id.localeCompare(other.block.id));
    let top = -members.reduce((sum, { block }) => sum + block.height + GAP, 0) / 2;
    for (const { block } of members) {
      middles.set(block.id, top + block.height / 2);
      top += block.height + GAP;
    }
  }
  return middles;
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
