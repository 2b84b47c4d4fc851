// The one module that knows the graph library: draws a drawing, and says what a person points at.
import cytoscape, { type Core, type ElementDefinition } from "cytoscape";
import type { Selection } from "../state/view";
import type { Card, Drawing, Line } from "./drawing";
import { lineId, nodeId } from "./ids";
import { CARD_WIDTH, heightOf, type Place } from "./layout";
import type { Palette } from "./looks";
import { styleOf } from "./style";

/** From how many lines on the picture is drawn plainly: straight, without words on the lines. */
export const DENSE = 700;
const READABLE = 0.62;
/** Over which part of its way a line leaves, and comes, level. */
const STRETCH = 0.36;
const WORD_START = 52;
const WORD_STEP = 58;
/** So much room half of a word takes, letter by letter, and a little beside it: a long word does not lie on a card. */
const HALF_LETTER = 3.1;
const WORDS = 2;
const SMALLEST = 0.4;
/** Two pictures beside each other are compared as a whole. */
const BESIDE = 0.28;
const NARROW = 640;
const LARGEST = 1.15;
const MARGIN = 28;
/** How much room a group takes around its cards, and a line that swings out beside them. */
const AROUND = 30;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Where, up and down, the picture begins: at its controllers. */
  readonly beginning: number;
}

const NOWHERE: Box = { left: 0, right: 1, top: 0, bottom: 1, beginning: 0 };

export interface Labels {
  readonly card: (card: Card) => string;
  readonly line: (line: Line) => string;
}

export interface Marks {
  readonly selected: Selection | null;
  /** Ids of cards and lines that stand out; null: everything is equal. */
  readonly lit: ReadonlySet<string> | null;
  readonly changed: ReadonlySet<string>;
}

export interface Handlers {
  readonly select: (selection: Selection | null) => void;
  readonly open: (node: string) => void;
}

export class GraphView {
  private readonly core: Core;
  private palette: Palette | null = null;
  private dense: boolean | null = null;
  /** Where the cards are: measured here, as the library would have to lay out every line and word for it. */
  private box: Box = NOWHERE;

  constructor(
    private readonly container: HTMLElement,
    handlers: Handlers,
    private readonly isBeside = false,
  ) {
    withoutInlineStyle();
    this.core = cytoscape({
      container,
      minZoom: 0.05,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
      textureOnViewport: false,
      hideEdgesOnViewport: false,
      pixelRatio: "auto",
    });
    this.core.on("tap", (event) => {
      if (event.target === this.core) handlers.select(null);
    });
    this.core.on("tap", "node[kind != 'group']", (event) => handlers.select({ kind: "node", id: event.target.data("key") }));
    this.core.on("dbltap", "node[kind != 'group']", (event) => handlers.open(event.target.data("key")));
    this.core.on("tap", "edge[status != 'none']", (event) => handlers.select({ kind: "flow", id: event.target.data("key") }));
  }

  /** Draw; the eye stays where it is when most of the cards were there before. */
  show(drawing: Drawing, places: ReadonlyMap<string, Place>, labels: Labels, palette: Palette): void {
    const before = new Set(this.core.nodes().map((node) => node.id()));
    this.core.startBatch();
    this.core.elements().remove();
    this.restyle(palette, drawing.lines.length > DENSE);
    this.core.add(elementsOf(drawing, places, labels));
    this.core.endBatch();
    const stayed = drawing.cards.filter((card) => before.has(nodeId(card.id))).length;
    this.box = boxOf(drawing, places);
    if (stayed < drawing.cards.length / 2) this.overview();
  }

  /** The whole picture when it can be read so, else its beginning at a size that can. */
  overview(): void {
    this.core.resize();
    const readable = this.isBeside ? BESIDE : this.core.width() < NARROW ? SMALLEST : READABLE;
    const fitting = this.fitting(MARGIN);
    const zoom = Math.min(LARGEST, Math.max(readable, fitting));
    const isWhole = fitting >= readable;
    const { left, right, beginning } = this.box;
    const middle = isWhole ? this.middle() : beginning;
    const x = isWhole ? this.core.width() / 2 - ((left + right) / 2) * zoom : MARGIN - left * zoom;
    this.core.viewport({ zoom, pan: { x, y: this.core.height() / 2 - middle * zoom } });
  }

  whole(): void {
    const { left, right } = this.box;
    const zoom = Math.min(LARGEST, this.fitting(20));
    const pan = { x: this.core.width() / 2 - ((left + right) / 2) * zoom, y: this.core.height() / 2 - this.middle() * zoom };
    this.core.viewport({ zoom, pan });
  }

  /** How large everything can be drawn so that it fits with a margin around it. */
  private fitting(margin: number): number {
    const { left, right, top, bottom } = this.box;
    const across = (this.core.width() - 2 * margin) / Math.max(1, right - left);
    return Math.min(across, (this.core.height() - 2 * margin) / Math.max(1, bottom - top));
  }

  private middle(): number {
    return (this.box.top + this.box.bottom) / 2;
  }

  zoomBy(factor: number): void {
    const centre = { x: this.core.width() / 2, y: this.core.height() / 2 };
    this.core.zoom({ level: this.core.zoom() * factor, renderedPosition: centre });
  }

  panBy(x: number, y: number): void {
    this.core.panBy({ x, y });
  }

  /** Mark what is selected, what stands out and what has changed; the selected thing comes into sight. */
  mark(marks: Marks): void {
    const { lit } = marks;
    this.core.batch(() => {
      this.core.elements().removeClass("selected dim lit changed");
      if (lit) {
        this.core.elements("[kind != 'group']").forEach((element) => {
          element.toggleClass("dim", !lit.has(element.id()));
          element.toggleClass("lit", lit.has(element.id()));
        });
      }
      for (const flow of marks.changed) this.core.getElementById(lineId(flow)).addClass("changed");
      if (marks.selected) this.found(marks.selected).addClass("selected");
    });
    if (marks.selected) this.bringIntoSight(marks.selected);
  }

  private found(selection: Selection) {
    return this.core.getElementById(selection.kind === "node" ? nodeId(selection.id) : lineId(selection.id));
  }

  private bringIntoSight(selection: Selection): void {
    const element = this.found(selection);
    if (element.empty()) return;
    const box = element.renderedBoundingBox();
    const outside =
      box.x2 < 20 || box.y2 < 20 || box.x1 > this.core.width() - 20 || box.y1 > this.core.height() - 20;
    if (outside) this.core.center(element);
  }

  restyle(palette: Palette, dense = this.dense ?? false): void {
    if (palette === this.palette && dense === this.dense) return;
    [this.palette, this.dense] = [palette, dense];
    this.core.style(styleOf(palette, dense));
  }

  /** The picture as PNG, whole, on the paper of the palette. */
  async png(palette: Palette): Promise<Blob> {
    return await this.core.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: palette.paper });
  }

  /** Where a card is on the screen, for what is laid over the picture; null: it is not there. */
  screenPlace(node: string): Place | null {
    const element = this.core.getElementById(nodeId(node));
    return element.empty() ? null : element.renderedPosition();
  }

  resize(): void {
    this.core.resize();
  }

  destroy(): void {
    this.core.destroy();
    this.container.replaceChildren();
  }
}

/** Where the cards of a drawing are. */
function boxOf(drawing: Drawing, places: ReadonlyMap<string, Place>): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const card of drawing.cards) {
    const { x, y } = places.get(card.id) ?? { x: 0, y: 0 };
    [left, right] = [Math.min(left, x - CARD_WIDTH / 2), Math.max(right, x + CARD_WIDTH / 2 + AROUND)];
    [top, bottom] = [Math.min(top, y - heightOf(card) / 2 - AROUND), Math.max(bottom, y + heightOf(card) / 2 + AROUND)];
  }
  if (left > right) return NOWHERE;
  const firsts = drawing.cards.filter((card) => card.kind === "controller").map((card) => places.get(card.id)?.y ?? 0);
  const beginning = firsts.length ? (Math.min(...firsts) + Math.max(...firsts)) / 2 : (top + bottom) / 2;
  return { left, right, top, bottom, beginning };
}

/** The library writes one rule of its own into the page, which our policy forbids; with this mark it leaves it out. */
function withoutInlineStyle(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const mark = document.createElement("meta");
  mark.id = id;
  document.head.append(mark);
}

function elementsOf(drawing: Drawing, places: ReadonlyMap<string, Place>, labels: Labels): ElementDefinition[] {
  const groups = drawing.groups.map((group) => ({
    group: "nodes" as const,
    data: { id: group.id, kind: "group", label: group.name, height: 10 },
  }));
  const cards = drawing.cards.map((card) => ({
    group: "nodes" as const,
    position: { ...(places.get(card.id) ?? { x: 0, y: 0 }) },
    data: {
      id: nodeId(card.id),
      key: card.id,
      kind: card.kind,
      status: card.status ?? "none",
      unnamed: card.unnamed,
      label: labels.card(card),
      height: heightOf(card),
      ...(card.group ? { parent: card.group } : {}),
    },
  }));
  const lines = drawing.lines.map((line) => ({
    group: "edges" as const,
    classes: line.way ? "way" : "",
    data: {
      id: line.id,
      key: line.id.replace(/^flow:/, ""),
      source: nodeId(line.from),
      target: nodeId(line.to),
      status: line.status,
      ...wordOf(line, labels),
      ...bendOf(line, places),
    },
  }));
  return [...groups, ...cards, ...lines];
}

/** Where the word of a line stands: so far from its end that the words before it have room. */
function wordOf(line: Line, labels: Labels) {
  const text = line.status === "none" ? "" : labels.line(line);
  const offset = Math.max(WORD_START, text.length * HALF_LETTER) + (line.word.place % WORDS) * WORD_STEP;
  return { first: line.word.end === "from" ? text : "", last: line.word.end === "to" ? text : "", offset };
}

/** How a line bends: level where it leaves and where it comes; a line that goes back swings out to the right. */
function bendOf(line: Line, places: ReadonlyMap<string, Place>) {
  const from = places.get(line.from) ?? { x: 0, y: 0 };
  const to = places.get(line.to) ?? { x: 0, y: 0 };
  if (line.back) return { bend: [line.from === line.to ? 60 : 70], weight: [0.5], start: "50% 0%", end: "50% 0%" };
  const dx = to.x - from.x - CARD_WIDTH;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = (STRETCH * dx * dy) / length;
  const weight = (STRETCH * dx * dx) / (length * length);
  return { bend: [-bend, bend], weight: [weight, 1 - weight], start: "50% 0%", end: "-50% 0%" };
}
