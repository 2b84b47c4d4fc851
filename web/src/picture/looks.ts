// How footings look, from the same table as the pictures that the service draws.
import table from "../../../graphsvc/exports/looks.json";
import type { Status } from "../api/client";

export interface Look {
  readonly colour: string;
  readonly dark: string;
  readonly mark: string;
  readonly line: string;
  readonly width: number;
  readonly arrow: string;
  readonly head: string;
}

export const LOOKS = table as Record<Status, Look>;
/** The footings, worst first. */
export const STATUSES = Object.keys(table) as Status[];

export interface Palette {
  readonly ink: string;
  readonly faint: string;
  readonly paper: string;
  readonly card: string;
  readonly own: string;
  readonly accent: string;
  readonly dark: boolean;
}

export const LIGHT: Palette = {
  ink: "#1b2230",
  faint: "#7d8696",
  paper: "#ffffff",
  card: "#ffffff",
  own: "#e9eef6",
  accent: "#1d5bd6",
  dark: false,
};
export const DARK: Palette = {
  ink: "#e9edf4",
  faint: "#8d97a8",
  paper: "#161b24",
  card: "#1f2631",
  own: "#2a3444",
  accent: "#8fb8ff",
  dark: true,
};

/** The colour of a footing on a palette. */
export function colourOf(status: Status | "none" | null, palette: Palette): string {
  if (status === null || status === "none") return palette.faint;
  return palette.dark ? LOOKS[status].dark : LOOKS[status].colour;
}
