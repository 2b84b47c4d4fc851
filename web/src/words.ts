// Words for people, from the catalogues that the service uses too; names of countries and days by locale.
import { computed } from "@preact/signals";
import { CATALOGUES, type Key, type Text } from "./catalogues";
import { language } from "./state/store";

export type { Key } from "./catalogues";

const catalogue = computed(() => CATALOGUES[language.value]!);

/** A text in the language of the page; `{places}` are filled, and `count` chooses the form of a text with plural forms. */
export function gettext(key: Key, values: Record<string, string | number> = {}): string {
  return fill(form(catalogue.value.texts[key], values["count"]), values);
}

/** The form of a text for a number. */
export function form(text: Text, number: string | number | undefined): string {
  if (typeof text === "string") return text;
  return text[plurals.value.select(Number(number ?? 1))] ?? text.other ?? "";
}

/** Fill the places of a text; numbers as the language writes them. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? written(values[name]!) : place));
}

const written = (value: string | number): string => (typeof value === "number" ? count(value) : value);

/** A word of a closed list, such as `status.lapsed`; a word that has no text is shown as it is. */
export function word(kind: "status" | "role" | "basis", value: string): string {
  const key = `${kind}.${value}`;
  return key in catalogue.value.texts ? gettext(key as Key) : value;
}

const regions = computed(() => new Intl.DisplayNames([catalogue.value.locale], { type: "region" }));
const days = computed(() => new Intl.DateTimeFormat(catalogue.value.locale, { dateStyle: "long" }));
const numbers = computed(() => new Intl.NumberFormat(catalogue.value.locale));
const plurals = computed(() => new Intl.PluralRules(catalogue.value.locale));

/** What a country is called. */
export function country(code: string): string {
  if (code === "unknown") return gettext("word.unknown");
  if (code === "EEA") return gettext("word.eea");
  return /^[A-Z]{2}$/.test(code) ? (regions.value.of(code) ?? code) : code;
}

/** What a country is called within a sentence: "the United States". */
export function countryWithArticle(code: string): string {
  const article = catalogue.value.articles[code];
  return article ? `${article} ${country(code)}` : country(code);
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
