// The kinds of change that a what-if may hold, with what each needs: as docs/what-if.md and the OpenAPI document say.
import type { Change } from "./view";

/** What a field is filled with: something of the register or of the law, or a word of one's own. */
export type Of = "decision" | "tool" | "list" | "party" | "service" | "flow" | "country" | "text" | "tick" | "seat" | "day";

export interface Field {
  /** Its name in the change; one of a nested part is `part.name`. */
  readonly key: string;
  readonly of: Of;
  readonly needed: boolean;
}

export interface Kind {
  readonly group: Group;
  readonly fields: readonly Field[];
  /** What it is about, when that may be a flow, a service or a party. */
  readonly targets?: readonly Field[];
  /** What takes over: something of the register, or something new. */
  readonly instead?: { readonly by: readonly Field[]; readonly new: readonly Field[] };
}

export const GROUPS = ["law", "tools", "drop", "replace", "move", "group"] as const;
export type Group = (typeof GROUPS)[number];
export const TARGETS = ["service", "party", "flow"] as const;
export type Target = (typeof TARGETS)[number];

const needed = (key: string, of: Of): Field => ({ key, of, needed: true });
const perhaps = (key: string, of: Of): Field => ({ key, of, needed: false });
const NEW_SERVICE = [needed("new.name", "text"), needed("new.provider", "text"), needed("new.country", "country")];
const NEW_GROUP = [needed("new.name", "text"), needed("new.country", "country")];
const TO = [needed("to", "country"), perhaps("seat_access", "seat")];
const SERVICE_OR_NEW = { by: [needed("by", "service"), perhaps("country", "country")], new: NEW_SERVICE };

export const KINDS: Record<string, Kind> = {
  end_decision: { group: "law", fields: [needed("decision", "decision")] },
  new_decision: { group: "law", fields: [needed("country", "country")] },
  withdraw_tool: { group: "tools", fields: [needed("tool", "tool")] },
  add_tool: {
    group: "tools",
    targets: TARGETS.map((target) => needed(target, target)),
    fields: [needed("tool", "tool"), perhaps("transfer_impact_assessment", "tick")],
  },
  certify_party: { group: "tools", fields: [needed("party", "party"), needed("tool", "list")] },
  ...ofEach("drop", () => ({ fields: [] })),
  ...ofEach("replace", () => ({ fields: [], instead: SERVICE_OR_NEW })),
  ...ofEach("move", () => ({ fields: TO })),
  move_seat: { group: "move", fields: [needed("party", "party"), needed("to", "country")] },
  buy_party: {
    group: "group",
    fields: [needed("party", "party")],
    instead: { by: [needed("by", "party")], new: NEW_GROUP },
  },
};

function ofEach(group: "drop" | "replace" | "move", more: () => Omit<Kind, "group">): Record<string, Kind> {
  const made = TARGETS.map((target): [string, Kind] => {
    const { fields, ...rest } = more();
    return [`${group}_${target}`, { group, fields: [needed(target, target), ...fields], ...rest }];
  });
  return Object.fromEntries(made);
}

/** What a person has filled in, by field; `target` and `instead` say which of several they chose. */
export type Values = Readonly<Record<string, string>>;

/** The fields to fill in, by what has been chosen so far. */
export function fieldsOf(kind: string, values: Values): Field[] {
  const { fields, targets, instead } = KINDS[kind]!;
  const target = targets?.filter((field) => field.key === (values["target"] ?? TARGETS[0])) ?? [];
  const other = instead ? instead[values["instead"] === "new" ? "new" : "by"] : [];
  return [...target, ...fields, ...other, perhaps("from", "day")];
}

/** The change that has been put together; null: something is missing. */
export function changeOf(kind: string, values: Values): Change | null {
  const fields = fieldsOf(kind, values);
  if (fields.some((field) => field.needed && !values[field.key]?.trim())) return null;
  const change: Record<string, string | boolean | Record<string, string>> = { kind };
  for (const field of fields) {
    const value = values[field.key]?.trim();
    if (!value) continue;
    const [part, name] = field.key.split(".") as [string, string?];
    if (name) change[part] = { ...(change[part] as Record<string, string> | undefined), [name]: value };
    else change[part] = field.of === "tick" || field.of === "seat" ? value === "yes" : value;
  }
  return change as Change;
}

/** A what-if as a file that the command line and this page read: YAML whose parts are written as JSON. */
export function fileOf(about: { name: string; on: string; controller: string | null }, changes: readonly Change[]): string {
  const { name, on, controller } = about;
  const head = Object.entries({ name, on, ...(controller ? { controller } : {}) });
  const lines = head.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return ["what_if:", ...lines, "  changes:", ...changes.map((change) => `    - ${JSON.stringify(change)}`), ""].join("\n");
}
