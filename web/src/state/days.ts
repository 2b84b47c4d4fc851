// The days of the slider: from 2018 to beyond the last day on which something is known to change, in the law or in what
// the register says of the controller that is seen.
import { computed } from "@preact/signals";
import type { Dated, LawEvent } from "../api/client";
import { events, facts } from "./answers";
import { FIRST, today } from "./store";

const DAY = 86_400_000;
const BEYOND = 60;

export const dayNumber = (day: string): number => Math.round((Date.parse(day) - Date.parse(FIRST)) / DAY);

export const dayOf = (number: number): string => new Date(Date.parse(FIRST) + number * DAY).toISOString().slice(0, 10);

/** The marked days, each with what the law and what the register do on it; the first day first. */
export interface Marked {
  readonly day: string;
  readonly events: readonly LawEvent[];
  readonly facts: readonly Dated[];
}

export function markedDays(law: readonly LawEvent[], register: readonly Dated[] = []): Marked[] {
  const days = new Map<string, { events: LawEvent[]; facts: Dated[] }>();
  const at = (day: string) => {
    const found = days.get(day) ?? { events: [], facts: [] };
    days.set(day, found);
    return found;
  };
  for (const event of law) if (event.date >= FIRST) at(event.date).events.push(event);
  for (const fact of register) at(firstDay(fact)).facts.push(fact);
  return [...days].map(([day, found]) => ({ day, ...found })).sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** The first day on which something is otherwise: of what ends, the answer tells the last day on which it holds. */
function firstDay(fact: Dated): string {
  return fact.kind.endsWith("_ends") ? dayOf(dayNumber(fact.day) + 1) : fact.day;
}

export const marked = computed(() => markedDays(events.value.value?.items ?? [], facts.value.value?.items ?? []));

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
