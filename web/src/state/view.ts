// What a person looks at: the one state of the page, as the address writes it.

import { LANGUAGES, type Language } from "../catalogues";

export const TOOLS = ["chain", "holders", "breach", "paths", "what-if", "claims", "gaps", "identities"] as const;
export type Tool = (typeof TOOLS)[number];
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const SHOWS = ["both", "picture", "table"] as const;
export type Show = (typeof SHOWS)[number];

/** One change of a what-if, as the API takes it. */
export interface Change {
  readonly kind: string;
  readonly [member: string]: string | boolean | { readonly [part: string]: string };
}

/** Something that is selected: a flow, or a node of the picture. */
export interface Selection {
  readonly kind: "flow" | "node";
  readonly id: string;
}

export interface View {
  readonly controller: string | null;
  readonly activity: string | null;
  readonly party: string | null;
  readonly service: string | null;
  readonly category: string | null;
  readonly subject: string | null;
  readonly on: string | null;
  readonly status: readonly string[];
  readonly country: readonly string[];
  readonly role: readonly string[];
  readonly open: readonly string[];
  readonly depth: number | null;
  readonly beyond: boolean;
  readonly tool: Tool;
  readonly select: Selection | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly changes: readonly Change[];
  readonly show: Show;
  readonly lang: Language | null;
  readonly theme: Theme;
}

export const NOTHING: View = {
  controller: null,
  activity: null,
  party: null,
  service: null,
  category: null,
  subject: null,
  on: null,
  status: [],
  country: [],
  role: [],
  open: [],
  depth: null,
  beyond: false,
  tool: "chain",
  select: null,
  from: null,
  to: null,
  changes: [],
  show: "both",
  lang: null,
  theme: "auto",
};

const SINGLE = ["controller", "activity", "party", "service", "category", "subject", "from", "to"] as const;
const SEVERAL = ["status", "country", "role", "open"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that exists, as ISO 8601 writes it. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The day that an address asks for and that does not exist; null: it asks for none, or for one that does. */
export function oddDayOf(search: string): string | null {
  const on = new URLSearchParams(search).get("on");
  return on && !isDay(on) ? on : null;
}

/** The view that the search part of an address stands for; what cannot be understood is left out. */
export function readView(search: string): View {
  const asked = new URLSearchParams(search);
  const single = Object.fromEntries(SINGLE.map((key) => [key, asked.get(key) || null]));
  const several = Object.fromEntries(SEVERAL.map((key) => [key, split(asked.getAll(key))]));
  const on = asked.get("on");
  const depth = Number(asked.get("depth"));
  return {
    ...NOTHING,
    ...single,
    ...several,
    on: on !== null && isDay(on) ? on : null,
    depth: Number.isInteger(depth) && depth >= 1 ? depth : null,
    beyond: asked.get("beyond") === "true",
    tool: oneOf(TOOLS, asked.get("tool")) ?? "chain",
    select: readSelection(asked.get("select")),
    changes: readChanges(asked.get("what-if")),
    show: oneOf(SHOWS, asked.get("show")) ?? "both",
    lang: oneOf(LANGUAGES, asked.get("lang")),
    theme: oneOf(THEMES, asked.get("theme")) ?? "auto",
  };
}

/** The search part of the address of a view; what is as usual is left out. */
export function writeView(view: View): string {
  const asked = new URLSearchParams();
  for (const key of SINGLE) if (view[key]) asked.set(key, view[key]);
  if (view.on) asked.set("on", view.on);
  for (const key of SEVERAL) if (view[key].length) asked.set(key, view[key].join(","));
  if (view.depth) asked.set("depth", String(view.depth));
  if (view.beyond) asked.set("beyond", "true");
  if (view.tool !== "chain") asked.set("tool", view.tool);
  if (view.select) asked.set("select", `${view.select.kind}:${view.select.id}`);
  if (view.changes.length) asked.set("what-if", JSON.stringify(view.changes));
  if (view.show !== "both") asked.set("show", view.show);
  if (view.lang) asked.set("lang", view.lang);
  if (view.theme !== "auto") asked.set("theme", view.theme);
  const text = asked.toString();
  return text && `?${text}`;
}

/** Whether nothing is chosen yet, so that the page shows where each controller stands. */
export function isStart(view: View): boolean {
  return !isNarrowed(view) && view.tool === "chain";
}

/** Whether a list about the whole register is shown by itself: a picture of all of it would help nobody. */
export function isList(view: View): boolean {
  return !isNarrowed(view) && view.tool === "identities";
}

function isNarrowed(view: View): boolean {
  const { controller, activity, party, service, category, subject } = view;
  const several = view.country.length + view.role.length + view.status.length + view.changes.length > 0;
  return Boolean(controller || activity || party || service || category || subject) || several;
}

/** The view with another place to look at: what belonged to the old one is left behind. */
export function movedTo(view: View, place: Partial<View>): View {
  const { on, lang, theme, show } = view;
  return { ...NOTHING, on, lang, theme, show, ...place };
}

function split(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => text.split(",")).map((part) => part.trim());
  return [...new Set(parts.filter(Boolean))];
}

function oneOf<T extends string>(words: readonly T[], text: string | null): T | null {
  return words.find((word) => word === text) ?? null;
}

function readSelection(text: string | null): Selection | null {
  const found = /^(flow|node):(.+)$/.exec(text ?? "");
  return found ? { kind: found[1] as Selection["kind"], id: found[2]! } : null;
}

function readChanges(text: string | null): Change[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isChange) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isChange(value: unknown): value is Change {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    Object.values(value).every((member) => isText(member) || typeof member === "boolean" || isPart(member))
  );
}

const isText = (value: unknown): value is string => typeof value === "string";

const isPart = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
