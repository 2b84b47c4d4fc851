import { expect, test } from "vitest";
import { beside, dayNumber, dayOf, latest, markedDays } from "../src/state/days";
import { addressOf } from "../src/api/client";
import { curlOf, linesAddress, tableAddress } from "../src/api/questions";
import { placeOf } from "../src/view/Search";
import { isWeb } from "../src/view/Sources";
import { toggled } from "../src/view/Counts";
import { NOTHING } from "../src/state/view";
import { country, countryWithArticle, fill, form, longDay, shortCountry } from "../src/words";

test("places in a text are filled, and others left", () => {
  expect(fill("{a} and {b}", { a: 1 })).toBe("1 and {b}");
  expect(fill("{flows} flows, {name}", { flows: 15571, name: "2018" })).toBe("15,571 flows, 2018");
});

test("a text with plural forms is in the form of its number", () => {
  const text = { one: "{count} flow", other: "{count} flows" };
  expect([0, 1, 2].map((number) => fill(form(text, number), { count: number }))).toEqual(["0 flows", "1 flow", "2 flows"]);
  expect(form("not one of several", 1)).toBe("not one of several");
});

test("a country has its article within a sentence", () => {
  expect(["US", "NL", "FR", "EEA"].map(countryWithArticle)).toEqual(["the United States", "the Netherlands", "France", "the EEA"]);
});

test("days are numbers from the first day on, and back, also over summer time and leap years", () => {
  for (const day of ["2018-01-01", "2020-02-29", "2020-03-29", "2025-10-26", "2031-12-27"]) expect(dayOf(dayNumber(day))).toBe(day);
});

test("marked days are those from 2018 on, each once, in order", () => {
  const event = (id: string, date: string) => ({ id, date, title: id, evidence: [] });
  const days = markedDays([event("b", "2020-07-16"), event("old", "2016-07-12"), event("a", "2018-05-25"), event("c", "2020-07-16")]);
  expect(days.map((found) => [found.day, found.events.length])).toEqual([
    ["2018-05-25", 1],
    ["2020-07-16", 2],
  ]);
  expect(beside(days, "2018-05-25", 1)?.day).toBe("2020-07-16");
  expect(beside(days, "2020-07-16", 1)).toBeUndefined();
  expect(latest(days, "2020-07-15")?.day).toBe("2018-05-25");
});

test("an address leaves out what is empty", () => {
  expect(addressOf("/picture", { on: "2020-07-16", controller: null, status: [], country: ["US", "GB"], beyond: false })).toBe(
    "/api/v1/picture?on=2020-07-16&country=US%2CGB",
  );
});

test("the table and the command ask what the picture asks", () => {
  const view = { ...NOTHING, controller: "a'b", changes: [{ kind: "drop_party", party: "x" }] };
  expect(curlOf(view, "2020-07-16", "http://here")).toMatch(/^curl 'http:\/\/here\/api\/v1\/picture\?on=2020-07-16&controller=a%27b&what_if=[^']+'$/);
  expect(tableAddress(view, "2020-07-16")).toContain("format=csv");
  expect(linesAddress({ ...view, category: "email", status: ["lapsed"] }, "2020-07-16", "nl")).toBe(
    "/api/v1/transfers?on=2020-07-16&controller=a%27b&category=email&status=lapsed&format=csv&lang=nl",
  );
});

test.each([
  ["https://example.org/a", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["//example.org", false],
])("%s becomes a link: %s", (url, is) => {
  expect(isWeb(url)).toBe(is);
});

test("every kind of hit leads somewhere", () => {
  const hit = (kind: string) => ({ kind, id: "x", name: "X", names: {}, of: "y" });
  expect(placeOf(hit("claim"))).toEqual({ controller: "y", tool: "claims" });
  expect(placeOf(hit("country"))).toEqual({ country: ["x"] });
  expect(placeOf(hit("party"))).toEqual({ party: "x" });
});

test("a word is put in and taken out", () => {
  expect(toggled(toggled([], "a"), "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
});

test("countries and days have names", () => {
  expect(country("NL")).toBe("Netherlands");
  expect(country("EEA")).toBe("EEA");
  expect(["AU", "EEA", "unknown"].map(shortCountry)).toEqual(["AU", "EEA", "unknown"]);
  expect(longDay("2020-07-16")).toBe("16 July 2020");
});
