// The days of the slider: from 2018 to beyond the last day on which something is known to change.
import { computed } from "@preact/signals";
import type { LawEvent } from "../api/client";
import { events } from "./answers";
import { today } from "./store";

export const FIRST = "2018-01-01";
const DAY = 86_400_000;
const BEYOND = 60;

export const dayNumber = (day: string): number => Math.round((Date.parse(day) - Date.parse(FIRST)) / DAY);

export const dayOf = (number: number): string => new Date(Date.parse(FIRST) + number * DAY).toISOString().slice(0, 10);

/** The marked days, each with what happens on it; those of the same day together, the first day first. */
export interface Marked {
  readonly day: string;
  readonly events: readonly LawEvent[];
}

export function markedDays(found: readonly LawEvent[]): Marked[] {
  const byDay = new Map<string, LawEvent[]>();
  for (const event of found) if (event.date >= FIRST) byDay.set(event.date, [...(byDay.get(event.date) ?? []), event]);
  return [...byDay].map(([day, events]) => ({ day, events })).sort((one, other) => (one.day < other.day ? -1 : 1));
}

export const marked = computed(() => markedDays(events.value.value?.items ?? []));

/** The last day of the slider. */
export const last = computed(() => {
  const known = marked.value.at(-1)?.day ?? today;
  return dayOf(Math.max(dayNumber(known), dayNumber(today)) + BEYOND);
});

/** The marked day before or after a day. */
export function beside(days: readonly Marked[], day: string, step: 1 | -1): Marked | undefined {
  return step === 1 ? days.find((found) => found.day > day) : days.findLast((found) => found.day < day);
}

/** The marked day that a day is, or the one before it. */
export function latest(days: readonly Marked[], day: string): Marked | undefined {
  return days.findLast((found) => found.day <= day);
}
