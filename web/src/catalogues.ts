// What the page says in every language: made of graphsvc/locale/ by make.sh before the page is built or checked.
import type english from "../.cache/words.en.json";

export type Key = keyof typeof english.texts;
/** A text, or its plural forms by the categories of CLDR. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;

export interface Catalogue {
  /** Which form of the language: `en-GB`. */
  readonly locale: string;
  readonly texts: Record<Key, Text>;
  /** The article of each country that takes one within a sentence. */
  readonly articles: Record<string, string>;
}

const files = import.meta.glob<Catalogue>("../.cache/words.*.json", { eager: true, exhaustive: true, import: "default" });

export const CATALOGUES: Record<string, Catalogue> = Object.fromEntries(
  Object.entries(files).map(([file, catalogue]) => [/words\.(.+)\.json$/.exec(file)![1]!, catalogue]),
);
/** The language that a text is shown in when nobody has translated it, first. */
export const LANGUAGES: readonly string[] = ["en", ...Object.keys(CATALOGUES).filter((language) => language !== "en")];
export type Language = string;
