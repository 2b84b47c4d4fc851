// Walking through a drawing by keyboard: along a flow, back, and to what stands beside.
import type { Selection } from "../state/view";
import type { Drawing, Line } from "./drawing";
import type { Place } from "./layout";

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";
export const ARROWS: readonly string[] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

type Places = ReadonlyMap<string, Place>;

/** What an arrow key leads to from what is selected; null: nothing there. */
export function walk(drawing: Drawing, places: Places, from: Selection | null, arrow: Arrow): Selection | null {
  if (from === null) return first(drawing, places);
  const sideways = arrow === "ArrowUp" || arrow === "ArrowDown";
  const step = arrow === "ArrowRight" || arrow === "ArrowDown" ? 1 : -1;
  if (from.kind === "node") return sideways ? beside(drawing, places, from.id, step) : along(drawing, places, from.id, step);
  const line = drawing.lines.find((found) => found.id === `flow:${from.id}`);
  if (!line) return first(drawing, places);
  if (sideways) return nextFlow(drawing, places, line, step);
  return { kind: "node", id: step === 1 ? line.to : line.from };
}

function first(drawing: Drawing, places: Places): Selection | null {
  const leftmost = Math.min(...drawing.cards.map((card) => card.column));
  const [card] = byHeight(
    drawing.cards.filter((found) => found.column === leftmost).map((found) => found.id),
    places,
  );
  return card === undefined ? null : { kind: "node", id: card };
}

function beside(drawing: Drawing, places: Places, id: string, step: number): Selection | null {
  const column = drawing.cards.find((card) => card.id === id)?.column;
  const column_ids = drawing.cards.filter((card) => card.column === column).map((card) => card.id);
  const ordered = byHeight(column_ids, places);
  const next = ordered[ordered.indexOf(id) + step];
  return next === undefined ? null : { kind: "node", id: next };
}

/** From a card to its first flow; from a controller straight to its first activity, and back. */
function along(drawing: Drawing, places: Places, id: string, step: number): Selection | null {
  const lines = drawing.lines.filter((line) => (step === 1 ? line.from : line.to) === id);
  const [line] = sorted(lines, places, step);
  if (!line) return null;
  if (line.status === "none") return { kind: "node", id: step === 1 ? line.to : line.from };
  return selectionOf(line);
}

/** The flows beside one: those that leave the same card, one after the other. */
function nextFlow(drawing: Drawing, places: Places, line: Line, step: number): Selection | null {
  const lines = drawing.lines.filter((found) => found.from === line.from && found.status !== "none");
  const ordered = sorted(lines, places, 1);
  const next = ordered[ordered.findIndex((found) => found.id === line.id) + step];
  return next ? selectionOf(next) : null;
}

function sorted(lines: readonly Line[], places: Places, step: number): Line[] {
  const height = (line: Line) => places.get(step === 1 ? line.to : line.from)?.y ?? 0;
  return [...lines].sort((one, other) => height(one) - height(other) || one.id.localeCompare(other.id));
}

function byHeight(ids: readonly string[], places: Places): string[] {
  return [...ids].sort((one, other) => (places.get(one)?.y ?? 0) - (places.get(other)?.y ?? 0));
}

function selectionOf(line: Line): Selection {
  return { kind: "flow", id: line.id.replace(/^flow:/, "") };
}
