// The picture itself: drawn by the graph module, walked through by keyboard, and left out when it would not help.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Flow, Picture } from "../api/client";
import { drawingOf, type Card, type Drawing, type Line } from "../picture/drawing";
import { GraphView } from "../picture/graph";
import { placesOf } from "../picture/layout";
import { DARK, LIGHT, LOOKS, type Palette } from "../picture/looks";
import { ARROWS, walk, type Arrow } from "../picture/walk";
import { announce } from "../state/announce";
import { before, picture } from "../state/answers";
import { flows, lit, turned } from "../state/lit";
import { stage } from "../state/stage";
import { go, language, view } from "../state/store";
import type { Selection } from "../state/view";
import { country, gettext, shortCountry, word } from "../words";
import { toggled } from "./Counts";
import { Levels } from "./Levels";

/** More cards than this in one picture help nobody, until somebody asks for them. */
const MOST_CARDS = 2_500;
const SHORTEST_NAME = 84;

export function Stage() {
  const found = picture.value.value!;
  const beside = view.value.changes.length ? before.value.value : null;
  const anyway = useSignal(false);
  if (!found.items.length && !beside) return <p class="note">{gettext("explorer.nothing_to_draw")}</p>;
  if (found.nodes.length > MOST_CARDS && !anyway.value) {
    return (
      <div class="note">
        <p>{gettext("explorer.too_large", { count: found.nodes.length })}</p>
        <button type="button" onClick={() => (anyway.value = true)}>
          {gettext("explorer.draw_anyway")}
        </button>
      </div>
    );
  }
  if (!beside) return <Canvas shown={found} />;
  return (
    <div class="sides">
      <Canvas shown={beside} name={gettext("explorer.before")} />
      <Canvas shown={found} name={gettext("explorer.after")} />
    </div>
  );
}

function Canvas({ shown, name }: { shown: Picture; name?: string }) {
  const box = useRef<HTMLDivElement>(null);
  const graph = useRef<GraphView | null>(null);
  const palette = usePalette();
  const drawing = useMemo(() => drawingOf(shown), [shown]);
  const places = useMemo(() => placesOf(drawing), [drawing]);

  useEffect(() => {
    const made = new GraphView(box.current!, { select: (select) => go({ select }), open }, name !== undefined);
    graph.current = stage.value = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current!);
    return () => (watch.disconnect(), made.destroy(), (stage.value = null));
  }, []);
  useEffect(() => {
    graph.current!.show(drawing, places, { card: cardLabel, line: lineLabel }, palette);
    performance.mark("picture");
  }, [drawing, palette, language.value]);
  useEffect(() => {
    const changed = new Set(turned.value.map((turn) => turn.flow.flow));
    graph.current!.mark({ selected: view.value.select, lit: lit.value, changed });
  }, [drawing, palette, language.value, view.value.select, lit.value, turned.value]);

  function onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (move) move(graph.current!);
    else if (ARROWS.includes(event.key)) step(drawing, places, event.key as Arrow);
    else if (event.key === "Enter") document.getElementById("details")?.focus();
    else if (event.key === " ") openSelected();
    else if (event.key === "Escape") go({ select: null });
    else return;
    event.preventDefault();
  }

  return (
    <section class="stage" aria-label={name ?? gettext("explorer.picture")}>
      {name ? <h2>{name}</h2> : <Levels />}
      <div
        ref={box}
        class="canvas"
        role="application"
        tabIndex={0}
        aria-label={`${name ?? ""} ${gettext("explorer.picture_keys")}`.trim()}
        onKeyDown={onKey}
      />
      <div class="zoom">
        <button type="button" aria-label={gettext("explorer.zoom_in")} onClick={() => graph.current?.zoomBy(1.3)}>
          +
        </button>
        <button type="button" aria-label={gettext("explorer.zoom_out")} onClick={() => graph.current?.zoomBy(1 / 1.3)}>
          −
        </button>
        <button type="button" aria-label={gettext("explorer.zoom_whole")} onClick={() => graph.current?.whole()}>
          ⤢
        </button>
      </div>
    </section>
  );
}

const MOVES: Record<string, (graph: GraphView) => void> = {
  "+": (graph) => graph.zoomBy(1.3),
  "=": (graph) => graph.zoomBy(1.3),
  "-": (graph) => graph.zoomBy(1 / 1.3),
  "0": (graph) => graph.whole(),
};

function usePalette(): Palette {
  const query = useMemo(() => matchMedia("(prefers-color-scheme: dark)"), []);
  const system = useSignal(query.matches);
  useEffect(() => {
    const listen = () => (system.value = query.matches);
    query.addEventListener("change", listen);
    return () => query.removeEventListener("change", listen);
  }, []);
  const dark = view.value.theme === "dark" || (view.value.theme === "auto" && system.value);
  return dark ? DARK : LIGHT;
}

function step(drawing: Drawing, places: ReturnType<typeof placesOf>, arrow: Arrow): void {
  const next = walk(drawing, places, view.value.select, arrow);
  if (!next) return;
  go({ select: next }, "quietly");
  announce(spoken(next, drawing));
}

/** What is said of what is walked to. */
function spoken(selection: Selection, drawing: Drawing): string {
  if (selection.kind === "node") {
    const card = drawing.cards.find((found) => found.id === selection.id);
    return card ? cardLabel(card).replaceAll("\n", ", ") : "";
  }
  const flow = flows.value.find((found) => found.flow === selection.id);
  return flow ? flowText(flow) : "";
}

function flowText(flow: Flow): string {
  return `${flow.from.name} → ${flow.to.name}, ${word("status", flow.status)}`;
}

function openSelected(): void {
  const { select } = view.value;
  if (select?.kind === "node") open(select.id);
}

function open(node: string): void {
  go({ open: toggled(view.value.open, node) });
}

function cardLabel(card: Card): string {
  const lines = [shortened(card.name)];
  if (card.unnamed) lines.push(`? ${gettext("word.unnamed")}`);
  else if (card.kind === "service" && !card.group && card.party.name !== card.name) lines.push(shortened(card.party.name, 32));
  const places = card.countries.map(card.countries.length > 2 ? shortCountry : country).join(", ");
  const more = card.hidden ? `+${card.hidden}` : "";
  const foot = [places, more].filter(Boolean).join("   ");
  if (foot) lines.push(foot);
  if (card.parents.length) lines.push(`⌂ ${card.parents.map((group) => `${shortened(group.name, 18)} (${group.country})`).join(", ")}`);
  return lines.join("\n");
}

function lineLabel(line: Line): string {
  if (line.status === "none") return "";
  return `${LOOKS[line.status].mark} ${word("status", line.status)}${line.weak ? " ~" : ""}`;
}

function shortened(text: string, most = SHORTEST_NAME): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
