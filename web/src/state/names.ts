// What things are called: controllers, words of the vocabulary, and the parties and services of the picture.
import { computed } from "@preact/signals";
import { addressOf, type Party, type Term } from "../api/client";
import { answerAt, categories, controllers, picture, subjects } from "./answers";
import { language, view } from "./store";
import { isStart } from "./view";
import { gettext } from "../words";

const terms = computed(() => {
  const known = [...(categories.value.value?.items ?? []), ...(subjects.value.value?.items ?? [])];
  return new Map(known.map((term) => [term.id, term]));
});

/** What a word of the vocabulary is called in the language of the page. */
export function term(id: string): string {
  const found = terms.value.get(id);
  return found ? labelOf(found) : id === "unknown" ? gettext("word.unknown") : id;
}

export function labelOf(found: Term): string {
  const names = found.name as Record<string, string>;
  return names[language.value] ?? names["en"] ?? found.id;
}

/** Whether a word stands for data of a special category (Art. 9) or on offences (Art. 10). */
export function isSpecial(id: string): boolean {
  const found = terms.value.get(id) as { special?: boolean; criminal?: boolean } | undefined;
  return Boolean(found?.special || found?.criminal);
}

/** What a thing of the picture is called. */
export function nodeName(id: string): string {
  const node = picture.value.value?.nodes.find((found) => found.id === id);
  if (node) return node.name;
  return controllers.value.value?.items.find((found) => found.id === id)?.name ?? id;
}

/** A party that is looked at and that nothing leads to, so that no picture tells what it is called. */
const alone = answerAt<Party>(() => {
  const { party } = view.value;
  const { value, loading } = picture.value;
  const isAlone = party && party !== "unknown" && value && !loading && !value.nodes.some((node) => node.party.id === party);
  return isAlone ? addressOf(`/parties/${encodeURIComponent(party)}`) : null;
});

export function partyName(id: string): string {
  if (id === "unknown") return gettext("word.unnamed");
  const node = picture.value.value?.nodes.find((found) => found.party.id === id);
  if (node) return node.party.name;
  const known = controllers.value.value?.items.find((found) => found.id === id) ?? alone.value.value;
  return known?.id === id ? known.name : id;
}

/** What the view is about, as a heading. */
export const title = computed(() => {
  const { controller, activity, party, service, category, subject, tool } = view.value;
  if (isStart(view.value)) return gettext("explorer.title");
  const of = controller ? partyName(controller) : null;
  const what = service
    ? gettext("explorer.leads_to", { name: nodeName(service) })
    : party
      ? gettext("explorer.leads_to", { name: partyName(party) })
      : category || subject
        ? gettext("explorer.who_holds", { name: [category, subject].filter((id) => id !== null).map(term).join(", ") })
        : null;
  const place = activity ? nodeName(activity) : of;
  const found = [place, what].filter((text) => text !== null).join(" · ");
  return capital(found) || (tool === "chain" ? gettext("explorer.everything") : gettext(`explorer.tool.${tool}`));
});

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
