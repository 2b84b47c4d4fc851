import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { KINDS, TARGETS, changeOf, fieldsOf, fileOf, type Values } from "../src/state/kinds";
import { NOTHING, readView, writeView } from "../src/state/view";
import { CATALOGUES } from "../src/catalogues";

type Shape = { properties: Record<string, { properties?: object }>; required: string[]; description: string };
const openapi = JSON.parse(readFileSync(".cache/openapi.json", "utf8")) as { components: { schemas: Record<string, Shape> } };
const schemaOf = (kind: string) => openapi.components.schemas[kind.replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase())]!;
const CHOICES: Values[] = TARGETS.flatMap((target) => ["by", "new"].map((instead) => ({ target, instead })));

/** Everything filled in, whatever a field asks. */
const filled = (kind: string, chosen: Values): Values => ({
  ...chosen,
  ...Object.fromEntries(fieldsOf(kind, chosen).map((field) => [field.key, field.of === "tick" ? "yes" : "NL"])),
});

describe("the kinds of change", () => {
  test("are those that the service takes", () => {
    const text = JSON.stringify(openapi);
    const mapping = /"mapping":\{([^}]*)\}/.exec(text)![1]!;
    const kinds = [...mapping.matchAll(/"(\w+)":/g)].map((found) => found[1]!);
    expect(new Set(Object.keys(KINDS))).toEqual(new Set(kinds));
  });

  test.each(Object.keys(KINDS))("%s has the fields that the service knows, and no others", (kind) => {
    const { properties } = schemaOf(kind);
    const ours = new Set(CHOICES.flatMap((chosen) => fieldsOf(kind, chosen).map((field) => field.key.split(".")[0]!)));
    expect(new Set([...ours, "kind"])).toEqual(new Set(Object.keys(properties)));
  });

  test.each(Object.keys(KINDS))("%s is made of what is filled in, and only when nothing needed is missing", (kind) => {
    for (const chosen of CHOICES) {
      const values = filled(kind, chosen);
      const change = changeOf(kind, values)!;
      expect(schemaOf(kind).required.filter((member) => !(member in change))).toEqual([]);
      for (const field of fieldsOf(kind, chosen).filter((each) => each.needed))
        expect(changeOf(kind, { ...values, [field.key]: " " })).toBeNull();
      expect(readView(writeView({ ...NOTHING, changes: [change] })).changes).toEqual([change]);
    }
  });

  test("have words in every language, with all of their fields and groups", () => {
    const keys = Object.entries(KINDS).flatMap(([kind, { group }]) => [
      `explorer.change.${kind}`,
      `explorer.changes.${group}`,
      ...CHOICES.flatMap((chosen) => fieldsOf(kind, chosen).map((field) => `explorer.field.${field.key}`)),
    ]);
    for (const { texts } of Object.values(CATALOGUES)) expect(keys.filter((key) => !(key in texts))).toEqual([]);
  });
});

test("a file holds the day, whose it is and the changes, each on a line of its own", () => {
  const change = changeOf("end_decision", { decision: "us-dpf" })!;
  expect(fileOf({ name: 'a "name"', on: "2026-12-01", controller: "shop" }, [change])).toBe(
    [
      "what_if:",
      '  name: "a \\"name\\""',
      '  on: "2026-12-01"',
      '  controller: "shop"',
      "  changes:",
      '    - {"kind":"end_decision","decision":"us-dpf"}',
      "",
    ].join("\n"),
  );
});
