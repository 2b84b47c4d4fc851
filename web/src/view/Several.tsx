// Choosing several things of a list: a button that says what is chosen, and a list with a box to tick for each.
import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { gettext } from "../words";
import { toggled } from "./Counts";
import type { Option } from "../state/choices";

const NAMED = 2;

export function Several(properties: {
  label: string;
  chosen: readonly string[];
  options: () => readonly Option[];
  onChoose: (ids: string[]) => void;
}) {
  const { label, chosen, options, onChoose } = properties;
  const isOpen = useSignal(false);
  const summary = useRef<HTMLElement>(null);
  const nameOf = (id: string) => options().find(([found]) => found === id)?.[1] ?? id;
  const told = chosen.length > NAMED ? String(chosen.length) : chosen.map(nameOf).join(", ") || gettext("explorer.any");

  function onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !isOpen.value) return;
    event.stopPropagation();
    isOpen.value = false;
    summary.current?.focus();
  }

  return (
    <details
      class="field several"
      open={isOpen.value}
      onToggle={(event) => (isOpen.value = event.currentTarget.open)}
      onKeyDown={onKey}
    >
      <summary ref={summary}>
        <span>{label}</span>
        <b>{told}</b>
      </summary>
      {isOpen.value && (
        <Boxes label={label}>
          {options().map(([id, name]) => (
            <label key={id} class="tick">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => onChoose(toggled(chosen, id))} />
              {name}
            </label>
          ))}
        </Boxes>
      )}
    </details>
  );
}

function Boxes({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend class="unseen">{label}</legend>
      {children}
    </fieldset>
  );
}
