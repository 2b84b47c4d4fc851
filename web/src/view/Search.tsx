// The search over everything: a combobox, worked by keyboard alone if one likes.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Problem, addressOf, get, type Hit, type Search as Found } from "../api/client";
import { announce } from "../state/announce";
import { go, language, view } from "../state/store";
import { movedTo, type View } from "../state/view";
import { country, gettext, type Key } from "../words";

const PAUSE = 140;

export function Search() {
  const text = useSignal("");
  const hits = useSignal<readonly Hit[]>([]);
  const isFound = useSignal(false);
  const isChosen = useSignal(false);
  const active = useSignal(0);
  const isOpen = useSignal(false);
  const input = useRef<HTMLInputElement>(null);

  useSignalEffect(() => {
    const words = text.value.trim();
    isFound.value = isChosen.value = false;
    if (!words) {
      hits.value = [];
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => void find(words, stop.signal), PAUSE);
    return () => (clearTimeout(timer), stop.abort());
  });

  async function find(words: string, signal: AbortSignal): Promise<void> {
    try {
      const found = await get<Found>(addressOf("/search", { q: words, most: 6 }), signal);
      hits.value = found.items;
      active.value = 0;
      isFound.value = true;
      if (isChosen.peek()) return choose(found.items[0]);
      announce(gettext("explorer.search.found", { count: found.total }));
    } catch (error) {
      if (error instanceof Problem) announce(gettext("explorer.problem"));
      else if (!(error instanceof DOMException)) throw error;
    }
  }

  function choose(hit: Hit | undefined): void {
    if (!hit) return;
    go(movedTo(view.value, placeOf(hit)));
    [text.value, isOpen.value] = ["", false];
    document.getElementById("content")?.focus();
  }

  function onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && hits.value.length) {
      active.value = (active.value + step + hits.value.length) % hits.value.length;
      document.getElementById(`hit-${active.value}`)?.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter") choose(hits.value[active.value]);
    else if (event.key === "Escape") [text.value, isOpen.value] = ["", false];
  }

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  const expanded = isOpen.value && text.value.trim() !== "";
  return (
    <div class="search" role="search">
      <input
        ref={input}
        role="combobox"
        aria-label={gettext("explorer.search.label")}
        placeholder={gettext("explorer.search.hint")}
        aria-expanded={expanded}
        aria-controls="hits"
        aria-autocomplete="list"
        aria-activedescendant={expanded && hits.value.length ? `hit-${active.value}` : undefined}
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={(event) => ((text.value = event.currentTarget.value), (isOpen.value = true))}
        onFocus={() => (isOpen.value = true)}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={onKey}
      />
      <ul id="hits" role="listbox" aria-label={gettext("explorer.search.label")} hidden={!expanded}>
        {hits.value.map((hit, place) => (
          <li
            key={`${hit.kind}:${hit.id}`}
            id={`hit-${place}`}
            role="option"
            aria-selected={place === active.value}
            onMouseDown={(event) => (event.preventDefault(), choose(hit))}
          >
            <span>{nameOf(hit)}</span>
            <small>{gettext(`explorer.kind.${hit.kind}` as Key)}</small>
          </li>
        ))}
        {expanded && isFound.value && !hits.value.length && (
          <li role="option" aria-selected={false} aria-disabled="true" class="none">
            {gettext("explorer.search.none")}
          </li>
        )}
      </ul>
    </div>
  );
}

function nameOf(hit: Hit): string {
  if (hit.kind === "country") return country(hit.id);
  return (hit.names as Record<string, string>)[language.value] ?? hit.name;
}

/** Where a hit leads. */
export function placeOf(hit: Hit): Partial<View> {
  switch (hit.kind) {
    case "controller":
      return { controller: hit.id };
    case "activity":
      return { activity: hit.id, select: { kind: "node", id: hit.id } };
    case "service":
      return { service: hit.id, select: { kind: "node", id: hit.id } };
    case "data-category":
      return { category: hit.id, tool: "holders" };
    case "subject-category":
      return { subject: hit.id, tool: "holders" };
    case "country":
      return { country: [hit.id] };
    case "claim":
      return { controller: hit.of ?? null, tool: "claims" };
    default:
      return { party: hit.id };
  }
}
