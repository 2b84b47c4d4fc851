import { expect, test } from "vitest";
import type { Dated, LawEvent } from "../src/api/client";
import { beside, latest, markedDays } from "../src/state/days";

const law = (date: string) => ({ id: date, date, title: `law of ${date}` }) as unknown as LawEvent;
const fact = (kind: string, day: string) => ({ kind, day }) as unknown as Dated;
const days = markedDays(
  [law("2020-07-16"), law("2016-05-24"), law("2024-01-01")],
  [fact("flow_ends", "2023-12-31"), fact("flow_begins", "2022-03-01"), fact("contract_ends", "2020-07-15")],
);

test("law and register are marked on one line, what is before the slider left out", () => {
  expect(days.map((found) => found.day)).toEqual(["2020-07-16", "2022-03-01", "2024-01-01"]);
});

test("what ends is marked on the first day on which it is gone", () => {
  expect(days.map((found) => [found.events.length, found.facts.map((each) => each.kind)])).toEqual([
    [1, ["contract_ends"]],
    [0, ["flow_begins"]],
    [1, ["flow_ends"]],
  ]);
});

test("the way from marked day to marked day goes through both", () => {
  expect(beside(days, "2020-07-16", 1)?.day).toBe("2022-03-01");
  expect(beside(days, "2024-01-01", -1)?.day).toBe("2022-03-01");
  expect(latest(days, "2023-01-01")?.day).toBe("2022-03-01");
  expect(beside(days, "2024-01-01", 1)).toBeUndefined();
});
