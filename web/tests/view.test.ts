import { describe, expect, test } from "vitest";
import { NOTHING, isDay, isList, isStart, oddDayOf, movedTo, readView, writeView, type View } from "../src/state/view";

const FULL: View = {
  ...NOTHING,
  controller: "connectis",
  category: "email-address",
  on: "2020-07-16",
  status: ["lapsed", "unknown"],
  country: ["US"],
  role: ["processor"],
  open: ["aws-cloud"],
  depth: 2,
  beyond: true,
  tool: "what-if",
  select: { kind: "flow", id: "a-b" },
  changes: [{ kind: "end_decision", decision: "us-dpf" }],
  show: "table",
  lang: "nl",
  theme: "dark",
};

describe("the address", () => {
  test("holds the whole view and gives it back", () => {
    expect(readView(writeView(FULL))).toEqual(FULL);
  });

  test("is empty when nothing is chosen", () => {
    expect(writeView(NOTHING)).toBe("");
    expect(readView("")).toEqual(NOTHING);
  });

  test.each([
    "?on=yesterday",
    "?on=2020-02-30",
    "?depth=-1",
    "?depth=many",
    "?tool=magic",
    "?select=country:NL",
    "?what-if={",
    '?what-if=[{"no":"kind"}]',
    '?what-if="text"',
    "?lang=xx",
    "?unheard=of",
  ])("leaves out what cannot be understood: %s", (search) => {
    expect(readView(search)).toEqual(NOTHING);
  });

  test("takes each of several words once", () => {
    expect(readView("?status=lapsed,unknown&status=lapsed, ").status).toEqual(["lapsed", "unknown"]);
  });
});

test.each([
  ["2024-02-29", true],
  ["2023-02-29", false],
  ["2020-7-16", false],
  ["", false],
])("%s is a day: %s", (text, is) => {
  expect(isDay(text)).toBe(is);
});

test.each([
  ["?on=2020-13-45", "2020-13-45"],
  ["?on=soon", "soon"],
  ["?on=2020-07-16", null],
  ["?on=", null],
  ["", null],
])("%s asks for a day that does not exist: %s", (search, day) => {
  expect(oddDayOf(search)).toBe(day);
});

test.each([
  [{ tool: "identities" }, true],
  [{ tool: "identities", party: "google" }, false],
  [{ tool: "gaps" }, false],
  [{}, false],
] as const)("%o is a list by itself: %s", (change, is) => {
  expect(isList({ ...NOTHING, ...change })).toBe(is);
});

test("moving on keeps the day, the language and the colours, and nothing else", () => {
  expect(movedTo(FULL, { party: "google" })).toEqual({
    ...NOTHING,
    on: "2020-07-16",
    lang: "nl",
    theme: "dark",
    show: "table",
    party: "google",
  });
});

test.each([
  [{}, true],
  [{ on: "2020-07-16", lang: "nl" }, true],
  [{ controller: "connectis" }, false],
  [{ country: ["US"] }, false],
  [{ tool: "gaps" }, false],
] as const)("%o is the start page: %s", (change, is) => {
  expect(isStart({ ...NOTHING, ...change })).toBe(is);
});
