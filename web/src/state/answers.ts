// What the service answers to the view: loading, there, or a problem. The last answer stays while the next one comes.
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { Problem, addressOf, get, type Dates, type Events, type Overview, type Picture, type Words } from "../api/client";
import { everyOf, pictureAddress, speaking } from "../api/questions";
import { FIRST, day, language, view } from "./store";
import { isList, isStart } from "./view";

export interface Answer<T> {
  readonly address: string | null;
  readonly loading: boolean;
  readonly value: T | null;
  readonly problem: Problem | null;
}

const KEPT = 80;
const kept = new Map<string, unknown>();
const again = signal(0);

/** Ask everything again, such as after the service was away. */
export function askAgain(): void {
  kept.clear();
  again.value += 1;
}

export type Ask<T> = (address: string, signal: AbortSignal) => Promise<T>;

/** The answer at an address that may change; null asks nothing. */
export function answerAt<T>(address: () => string | null, ask?: Ask<T>): ReadonlySignal<Answer<T>> {
  const found = signal<Answer<T>>({ address: null, loading: false, value: null, problem: null });
  effect(() => answerTo(found, address(), ask));
  return found;
}

/** Put the answer at an address in its place; to be called in an effect. Returns what gives it up. */
export function answerTo<T>(found: Cell<T>, address: string | null, ask: Ask<T> = get): (() => void) | undefined {
  void again.value;
  return address === null ? clear(found) : load(found, address, ask);
}

type Cell<T> = { value: Answer<T>; peek(): Answer<T> };

function clear<T>(found: Cell<T>): undefined {
  if (found.peek().address !== null) found.value = { address: null, loading: false, value: null, problem: null };
  return undefined;
}

function load<T>(found: Cell<T>, address: string, ask: Ask<T>): (() => void) | undefined {
  const known = kept.get(address) as T | undefined;
  if (known !== undefined) {
    found.value = { address, loading: false, value: known, problem: null };
    return undefined;
  }
  const stop = new AbortController();
  found.value = { ...found.peek(), address, loading: true, problem: null };
  ask(address, stop.signal).then(
    (value) => {
      if (stop.signal.aborted) return;
      keep(address, value);
      found.value = { address, loading: false, value, problem: null };
    },
    (error: unknown) => {
      if (stop.signal.aborted) return;
      const problem = error instanceof Problem ? error : new Problem("internal", 0, String(error));
      found.value = { address, loading: false, value: null, problem };
    },
  );
  return () => stop.abort();
}

function keep(address: string, value: unknown): void {
  kept.set(address, value);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

export const picture = answerAt<Picture>(() => (isStart(view.value) || isList(view.value) ? null : pictureAddress(view.value, day.value, language.value)));
/** The picture without what is supposed, to be held beside it; asked only when something is supposed. */
export const before = answerAt<Picture>(() =>
  view.value.changes.length ? pictureAddress({ ...view.value, changes: [] }, day.value, language.value) : null,
);
/** The picture before countries, roles and footings are chosen, to choose more of them from; else nothing is asked. */
export const unfiltered = answerAt<Picture>(() => {
  const { country, role, status } = view.value;
  const whole = { ...view.value, country: [], role: [], status: [] };
  return country.length + role.length + status.length && !isStart(whole) ? pictureAddress(whole, day.value, language.value) : null;
});
export const overview = answerAt<Overview>(() => (isStart(view.value) ? addressOf("/overview", { on: day.value }) : null));
export const events = answerAt<Events>(() => everyOf("/events", speaking(language.value)));
/** What begins and ends by itself in the register; what the law does is told by its events. */
const FACTS = ["flow_begins", "flow_ends", "contract_ends", "reliance_ends", "certification_ends"];
const FURTHEST = "2045-12-31";
const MOMENT = 300;
/** The controller that is seen; null: there are several, or none yet. */
export const seen = computed(() => {
  if (view.value.controller) return view.value.controller;
  const { activity } = view.value;
  return picture.value.value?.nodes.find((node) => activity && node.id === activity)?.party.id ?? null;
});
/** The picture that has been there for a moment, so that what is asked next does not hold up its drawing. */
const rested = signal<Picture | null>(null);
effect(() => {
  const found = picture.value.value;
  const timer = setTimeout(() => (rested.value = found), MOMENT);
  return () => clearTimeout(timer);
});
/** The days on which flows and contracts of the controller seen begin and end; asked once its picture is there. */
export const facts = answerAt<Dates>(() =>
  seen.value && rested.value
    ? addressOf("/dates", { from: FIRST, to: FURTHEST, controller: seen.value, kind: FACTS, page_size: 1_000, ...speaking(language.value) })
    : null,
);
export const categories = answerAt<Words>(() => everyOf("/vocabulary/data-categories"));
export const subjects = answerAt<Words>(() => everyOf("/vocabulary/subject-categories"));
export const controllers = answerAt<{ items: { id: string; name: string }[] }>(() => addressOf("/controllers"));

/** That the picture reaches too much to be made: everything around it goes on. */
export const tooMuch = computed(() => (picture.value.problem?.slug === "picture-too-large" ? picture.value.problem : null));
/** The problem that stands in the way of everything, when there is one. */
export const blocking = computed(() => (tooMuch.value ? null : picture.value.problem) ?? overview.value.problem);
