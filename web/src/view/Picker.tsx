// A field to choose one of many in: what is typed is searched for; arrows, Enter and Escape work it.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import type { Option, Source } from "../state/choices";
import { gettext } from "../words";

const PAUSE = 120;

export function Picker(properties: { label: string; source: Source; value: string; onChoose: (id: string, name: string) => void }) {
  const { label, source, value, onChoose } = properties;
  const id = useId();
  const text = useSignal("");
  const isOpen = useSignal(false);
  const active = useSignal(0);
  const options = useSignal<readonly Option[]>([]);

  useSignalEffect(() => {
    if (!isOpen.value) return undefined;
    const words = text.value.trim();
    const stop = new AbortController();
    const timer = setTimeout(() => void find(words, stop.signal), words ? PAUSE : 0);
    return () => (clearTimeout(timer), stop.abort());
  });
  useEffect(() => {
    if (!value) text.value = "";
  }, [value]);

  async function find(words: string, stop: AbortSignal): Promise<void> {
    try {
      const found = await source(words, stop);
      if (stop.aborted) return;
      options.value = found;
      active.value = 0;
    } catch (error) {
      if (!stop.aborted) options.value = [];
      if (!(error instanceof Error)) throw error;
    }
  }

  function choose(option: Option | undefined): void {
    if (!option) return;
    [text.value, isOpen.value] = [option[1], false];
    onChoose(...option);
  }

  function onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      if (!isOpen.value) isOpen.value = true;
      else if (options.value.length) active.value = (active.value + step + options.value.length) % options.value.length;
      document.getElementById(`${id}-${active.value}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && isOpen.value) choose(options.value[active.value]);
    else if (event.key === "Escape" && isOpen.value) isOpen.value = false;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="field picker">
      <label for={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        aria-expanded={isOpen.value}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen.value && options.value.length ? `${id}-${active.value}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={gettext("explorer.pick")}
        value={text.value}
        onInput={(event) => ((text.value = event.currentTarget.value), (isOpen.value = true), onChoose("", ""))}
        onFocus={() => (isOpen.value = true)}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={onKey}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!isOpen.value}>
        {options.value.map(([key, name], place) => (
          <li
            key={key}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === active.value}
            onMouseDown={(event) => (event.preventDefault(), choose([key, name]))}
          >
            {name}
          </li>
        ))}
        {!options.value.length && (
          <li role="option" aria-selected={false} aria-disabled="true" class="none">
            {gettext("explorer.search.none")}
          </li>
        )}
      </ul>
    </div>
  );
}
