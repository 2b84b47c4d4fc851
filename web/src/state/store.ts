// The one state object, kept in step with the address: back, forward, bookmarks and sharing work.
import { computed, signal } from "@preact/signals";
import { LANGUAGES, type Language } from "../catalogues";
import { oddDayOf, readView, writeView, type View } from "./view";

const current = signal<View>(readView(location.search));

/** The day that does not exist and that the address asks for; today is shown instead. */
export const oddDay = signal(oddDayOf(location.search));

/** What a person looks at. */
export const view = computed(() => current.value);

/** The language of the page: as chosen, else the browser's. */
export const language = computed<Language>(
  () => current.value.lang ?? LANGUAGES.find((each) => each === navigator.language.toLowerCase().split("-")[0]) ?? "en",
);

/** The first day of the slider: before it the GDPR was not applied. */
export const FIRST = "2018-01-01";

/** Today, as the browser's clock has it. */
export const today = isoDay(new Date());

/** The day that is shown. */
export const day = computed(() => current.value.on ?? today);

/** Change what is looked at, as a step that "back" undoes; `quietly` without one, as for every day of a slider. */
export function go(change: Partial<View>, how: "step" | "quietly" = "step"): void {
  const next = { ...current.value, ...change };
  const address = location.pathname + writeView(next);
  if (address === location.pathname + location.search) return;
  if (how === "step") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  current.value = next;
  oddDay.value = null;
}

/** The address of another view, for links. */
export function addressOf(change: Partial<View>): string {
  return location.pathname + writeView({ ...current.value, ...change });
}

addEventListener("popstate", () => {
  current.value = readView(location.search);
  oddDay.value = oddDayOf(location.search);
});

function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
