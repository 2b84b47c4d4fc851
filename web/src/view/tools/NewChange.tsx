// Putting together a change to try: its kind, and what that kind needs.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { countries, sourceOf, type Option } from "../../state/choices";
import { GROUPS, KINDS, TARGETS, changeOf, fieldsOf, type Field, type Values } from "../../state/kinds";
import { go, view } from "../../state/store";
import { gettext, type Key } from "../../words";
import { Choice } from "../Filters";
import { Picker } from "../Picker";

export function NewChange() {
  const kind = useSignal("end_decision");
  const values = useSignal<Values>({});
  const change = changeOf(kind.value, values.value);
  const set = (key: string, value: string | null) => (values.value = { ...values.value, [key]: value ?? "" });
  const { targets, instead } = KINDS[kind.value]!;

  function add(): void {
    if (!change) return;
    go({ changes: [...view.value.changes, change] });
    values.value = {};
  }

  return (
    <form class="fields new-change" onSubmit={(event) => (event.preventDefault(), add())}>
      <Kinds kind={kind.value} onChoose={(chosen) => ((kind.value = chosen), (values.value = {}))} />
      {targets && (
        <One
          label={gettext("explorer.field.target")}
          value={values.value["target"] ?? TARGETS[0]}
          options={TARGETS.map((target) => [target, gettext(`explorer.field.${target}`)])}
          onChoose={(target) => set("target", target)}
        />
      )}
      {instead && (
        <One
          label={gettext("explorer.field.instead")}
          value={values.value["instead"] ?? "by"}
          options={(["by", "new"] as const).map((each) => [each, gettext(`explorer.instead.${each}`)])}
          onChoose={(each) => set("instead", each)}
        />
      )}
      {fieldsOf(kind.value, values.value).map((field) => (
        <Entry key={`${kind.value} ${field.key}`} field={field} value={values.value[field.key] ?? ""} onFill={(value) => set(field.key, value)} />
      ))}
      <button type="submit" disabled={!change}>
        {gettext("explorer.try")}
      </button>
    </form>
  );
}

/** The kinds, grouped by what they are about. */
function Kinds({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
  return (
    <label class="field">
      <span>{gettext("explorer.change")}</span>
      <select value={kind} onChange={(event) => onChoose(event.currentTarget.value)}>
        {GROUPS.map((group) => (
          <optgroup key={group} label={gettext(`explorer.changes.${group}`)}>
            {Object.keys(KINDS)
              .filter((each) => KINDS[each]!.group === group)
              .map((each) => (
                <option key={each} value={each}>
                  {gettext(`explorer.change.${each}` as Key)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function One(properties: { label: string; value: string; options: readonly Option[]; onChoose: (id: string) => void }) {
  const { label, value, options, onChoose } = properties;
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Entry({ field, value, onFill }: { field: Field; value: string; onFill: (value: string) => void }) {
  const label = gettext(`explorer.field.${field.key}` as Key);
  const source = sourceOf(field.of);
  if (source) return <Picker label={label} source={source} value={value} onChoose={onFill} />;
  if (field.of === "country") return <Country label={label} value={value} onChoose={(code) => onFill(code ?? "")} />;
  if (field.of === "seat")
    return (
      <One
        label={label}
        value={value}
        options={(["", "no", "yes"] as const).map((each) => [each, gettext(`explorer.seat.${each || "same"}`)])}
        onChoose={onFill}
      />
    );
  if (field.of === "tick")
    return (
      <label class="tick">
        <input type="checkbox" checked={value === "yes"} onChange={(event) => onFill(event.currentTarget.checked ? "yes" : "")} />
        {label}
      </label>
    );
  return (
    <label class="field">
      <span>{label}</span>
      {field.of === "day" ? (
        <input type="date" value={value} onInput={(event) => onFill(event.currentTarget.value)} />
      ) : (
        <input maxLength={200} value={value} onInput={(event) => onFill(event.currentTarget.value)} />
      )}
    </label>
  );
}

function Country(properties: { label: string; value: string; onChoose: (code: string | null) => void }) {
  const options = useSignal<readonly Option[]>([]);
  useEffect(() => {
    void countries().then((found) => (options.value = found));
  }, []);
  return <Choice {...properties} value={properties.value || null} options={options.value} none="–" />;
}
