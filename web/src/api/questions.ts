// The questions behind a view: one address serves the picture, the table, the exports and the command line.
import type { Language } from "../catalogues";
import type { View } from "../state/view";
import { addressOf, type Parameters } from "./client";

const EVERYTHING = 10_000;
const WHOLE_PATH = 99;

/** What the picture of a view asks for. */
export function pictureParameters(view: View, day: string, spoken: Language = "en"): Parameters {
  const { controller, activity, service, category, subject, status, country, role, open, beyond } = view;
  const isPath = view.tool === "paths" && view.to !== null;
  const party = isPath ? view.to : view.party;
  const depth = isPath ? WHOLE_PATH : view.depth;
  const what_if = view.changes.length ? JSON.stringify(view.changes) : null;
  return { on: day, controller, activity, party, service, category, subject, status, country, role, depth, open, beyond, what_if, ...speaking(spoken) };
}

export function pictureAddress(view: View, day: string, spoken: Language = "en"): string {
  return addressOf("/picture", { ...pictureParameters(view, day, spoken), page_size: EVERYTHING });
}

export function tableAddress(view: View, day: string, spoken: Language = "en"): string {
  return addressOf("/picture", { ...pictureParameters(view, day, spoken), format: "csv" });
}

/** The lines of a view without its picture, as a table. */
export function linesAddress(view: View, day: string, spoken: Language = "en"): string {
  const { controller, activity, category, subject, status, country } = view;
  return addressOf("/transfers", { on: day, controller, activity, category, subject, status, country, format: "csv", ...speaking(spoken) });
}

export function sheetAddress(view: View, day: string, lang: string): string {
  return addressOf("/picture.svg", { ...pictureParameters(view, day), lang });
}

/** What can be handed over of a controller or an activity. */
export function handoverAddress(view: View, day: string, lang: string, kind: string, format: string): string {
  const { controller, activity } = view;
  return addressOf(`/exports/${kind}`, { on: day, controller: activity ? null : controller, activity, lang, format });
}

/** The command that asks the same from a terminal. */
export function curlOf(view: View, day: string, origin: string): string {
  return `curl '${origin}${addressOf("/picture", pictureParameters(view, day)).replaceAll("'", "%27")}'`;
}

export const everyOf = (path: string, more: Parameters = {}): string => addressOf(path, { ...more, page_size: EVERYTHING });

/** The parameter that asks for sentences in a language; English needs none. */
export const speaking = (spoken: Language): Parameters => (spoken === "en" ? {} : { lang: spoken });
