// Words for people, from the catalogues that the service uses too; names of countries and days by locale.
import { computed } from "@preact/signals";
import en from "../../graphsvc/catalogue/en.json";
import nl from "../../graphsvc/catalogue/nl.json";
import { language } from "./state/store";

export type Key = keyof typeof en;
const CATALOGUES: Record<string, Record<Key, string>> = { en, nl };

/** A text in the language of the page; `{places}` are filled. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  return fill(CATALOGUES[language.value]![key], values);
}

/** Fill the places of a text; numbers as the language writes them. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? written(values[name]!) : place));
}

const written = (value: string | number): string => (typeof value === "number" ? count(value) : value);

/** A word of a closed list, such as `status.lapsed`; a word that has no text is shown as it is. */
export function word(kind: "status" | "role" | "basis", value: string): string {
  const key = `${kind}.${value}`;
  return key in en ? say(key as Key) : value;
}

const regions = computed(() => new Intl.DisplayNames([language.value], { type: "region" }));
const days = computed(() => new Intl.DateTimeFormat(language.value === "nl" ? "nl-NL" : "en-GB", { dateStyle: "long" }));
const numbers = computed(() => new Intl.NumberFormat(language.value === "nl" ? "nl-NL" : "en-GB"));

/** What a country is called. */
export function country(code: string): string {
  if (code === "unknown") return say("word.unknown");
  if (code === "EEA") return say("word.eea");
  return /^[A-Z]{2}$/.test(code) ? (regions.value.of(code) ?? code) : code;
}

/** What a country is called where there is little room: its code, which is no word of a language. */
export function shortCountry(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? code : country(code);
}

/** A day, written out. */
export function longDay(day: string): string {
  return days.value.format(new Date(`${day}T12:00:00`));
}

export function count(number: number): string {
  return numbers.value.format(number);
}
