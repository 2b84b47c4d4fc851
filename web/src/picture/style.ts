// The style sheet of the picture: a pure function of the palette; what a line or a card is decides how it looks.
import type { EdgeSingular, StylesheetJson } from "cytoscape";
import { LOOKS, STATUSES, colourOf, type Palette } from "./looks";
import { CARD_WIDTH } from "./layout";

const FONT = "system-ui, Segoe UI, Roboto, Helvetica Neue, Liberation Sans, sans-serif";

export function styleOf(palette: Palette, dense: boolean): StylesheetJson {
  return [...cards(palette), ...lines(palette, dense), ...states(palette)];
}

function cards(palette: Palette): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: CARD_WIDTH,
        height: "data(height)",
        "corner-radius": "6",
        "background-color": palette.card,
        "border-width": 1.5,
        "border-color": palette.faint,
        color: palette.ink,
        label: "data(label)",
        "font-family": FONT,
        "font-size": 12,
        "line-height": 1.25,
        "text-wrap": "wrap",
        "text-max-width": `${CARD_WIDTH - 18}px`,
        "text-valign": "center",
        "text-halign": "center",
        "overlay-opacity": 0,
      },
    },
    {
      selector: "node[kind = 'controller']",
      style: { "background-color": palette.ink, color: palette.paper, "border-width": 0, "font-weight": 600, "font-size": 14 },
    },
    { selector: "node[kind = 'activity']", style: { "background-color": palette.own, "border-width": 0, "corner-radius": "16" } },
    { selector: "node[?unnamed]", style: { "border-style": "dashed", "background-opacity": 0.35 } },
    {
      selector: "node[kind = 'group']",
      style: {
        "background-color": palette.own,
        "background-opacity": 0.45,
        "border-width": 1,
        "border-color": palette.faint,
        "border-opacity": 0.6,
        padding: "8px",
        "text-valign": "top",
        "text-margin-y": -2,
        "font-size": 11,
        "font-weight": 600,
        "corner-radius": "8",
        "text-wrap": "ellipsis",
      },
    },
    ...STATUSES.map((status) => ({
      selector: `node[kind = 'service'][status = '${status}']`,
      style: { "border-color": colourOf(status, palette) },
    })),
  ];
}

function lines(palette: Palette, dense: boolean): StylesheetJson {
  const calm = {
    "curve-style": "unbundled-bezier",
    "control-point-distances": "data(bend)",
    "control-point-weights": "data(weight)",
    "source-endpoint": "data(start)",
    "target-endpoint": "data(end)",
    "edge-distances": "endpoints",
  } as const;
  return [
    {
      selector: "edge",
      style: {
        ...(dense ? ({ "curve-style": "straight" } as const) : calm),
        width: 1.2,
        "line-color": palette.faint,
        "target-arrow-color": palette.faint,
        "arrow-scale": 0.9,
        "overlay-opacity": 0,
      },
    },
    { selector: "edge[status = 'none']", style: { opacity: 0.55 } },
    ...STATUSES.map((status) => {
      const look = LOOKS[status];
      const colour = colourOf(status, palette);
      return {
        selector: `edge[status = '${status}']`,
        style: {
          width: look.width,
          "line-color": colour,
          "line-style": look.line as "solid" | "dashed" | "dotted",
          "line-dash-pattern": status === "lapsed" ? [9, 5] : [5, 4],
          "target-arrow-shape": look.arrow as "triangle",
          "target-arrow-color": colour,
          ...(dense ? {} : labels(colour, palette)),
        },
      };
    }),
  ];
}

function labels(colour: string, palette: Palette) {
  return {
    "source-label": "data(first)",
    "target-label": "data(last)",
    "source-text-offset": offsetOf,
    "target-text-offset": offsetOf,
    "font-family": FONT,
    "font-size": 10,
    "font-weight": 600,
    color: colour,
    "text-background-color": palette.paper,
    "text-background-opacity": 1,
    "text-background-padding": "2px",
    "text-background-shape": "roundrectangle",
    "min-zoomed-font-size": 6,
  } as const;
}

const offsetOf = (line: EdgeSingular): number => line.data("offset") as number;

function states(palette: Palette): StylesheetJson {
  return [
    { selector: ".way", style: { opacity: 0.4 } },
    { selector: ".dim", style: { opacity: 0.3 } },
    { selector: "node.lit", style: { "border-width": 3 } },
    { selector: "edge.changed", style: { "underlay-color": palette.accent, "underlay-opacity": 0.28, "underlay-padding": 6 } },
    {
      selector: "node.selected",
      style: { "outline-color": palette.accent, "outline-width": 3, "outline-offset": 3 },
    },
    {
      selector: "edge.selected",
      style: { "underlay-color": palette.accent, "underlay-opacity": 0.45, "underlay-padding": 5, "z-index": 10 },
    },
  ];
}
