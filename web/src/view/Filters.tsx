// What the picture leaves out: data, people, countries, roles, levels.
import { categories, controllers, picture, subjects, unfiltered } from "../state/answers";
import type { Option } from "../state/choices";
import { flows } from "../state/lit";
import { labelOf } from "../state/names";
import { go, language, view } from "../state/store";
import { NOTHING } from "../state/view";
import { count, country, gettext, word } from "../words";
import { Several } from "./Several";

const ROLES = ["processor", "sub_processor", "joint_controller", "independent_controller", "authority", "unknown"];
const KEYS = ["category", "subject", "country", "role", "depth", "beyond", "status"] as const;

export function Filters() {
  const shown = view.value;
  const active = KEYS.filter((key) => JSON.stringify(shown[key]) !== JSON.stringify(NOTHING[key])).length;
  return (
    <details class="filters">
      <summary>
        {gettext("explorer.filters")}
        {active > 0 && <b> {count(active)}</b>}
      </summary>
      <div class="fields">
        <Choice
          label={gettext("explorer.controller")}
          value={shown.controller}
          options={(controllers.value.value?.items ?? []).map((each) => [each.id, each.name])}
          onChoose={(controller) => go({ controller, activity: null, open: [], select: null })}
        />
        <Choice label={gettext("explorer.category")} value={shown.category} options={terms("category")} onChoose={(category) => go({ category })} />
        <Choice label={gettext("explorer.subject")} value={shown.subject} options={terms("subject")} onChoose={(subject) => go({ subject })} />
        <Several label={gettext("explorer.country")} chosen={shown.country} options={countries} onChoose={(codes) => go({ country: codes })} />
        <Several label={gettext("explorer.role")} chosen={shown.role} options={roles} onChoose={(chosen) => go({ role: chosen })} />
        <Choice
          label={gettext("explorer.depth")}
          value={shown.depth === null ? null : String(shown.depth)}
          options={levels()}
          onChoose={(depth) => go({ depth: depth ? Number(depth) : null, open: [] })}
          none={gettext("explorer.depth_auto")}
        />
        <label class="tick">
          <input type="checkbox" checked={shown.beyond} onChange={(event) => go({ beyond: event.currentTarget.checked })} />
          {gettext("explorer.beyond")}
        </label>
        <button type="button" disabled={!active} onClick={() => go(clear())}>
          {gettext("explorer.clear")}
        </button>
      </div>
    </details>
  );
}

const clear = () => ({ category: null, subject: null, country: [], role: [], depth: null, beyond: false, status: [] });

export function Choice(properties: {
  label: string;
  value: string | null;
  options: readonly Option[];
  onChoose: (id: string | null) => void;
  none?: string;
}) {
  const { label, value, options, onChoose, none } = properties;
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value ?? ""} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        <option value="">{none ?? gettext("explorer.any")}</option>
        {value && !options.some(([id]) => id === value) && <option value={value}>{value}</option>}
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The words of the vocabulary, by name. */
export function terms(kind: "category" | "subject"): Option[] {
  const found = (kind === "category" ? categories : subjects).value.value?.items ?? [];
  return byName(found.map((term) => [term.id, labelOf(term)]));
}

/** The countries that data reaches before countries, roles and footings are chosen. */
function countries(): Option[] {
  const all = unfiltered.value.value;
  const reached = all ? [...all.items, ...all.ways] : flows.value;
  const codes = new Set([...reached.flatMap((flow) => flow.countries), ...view.value.country]);
  return byName([...codes].map((code) => [code, country(code)]));
}

const roles = (): Option[] => ROLES.map((role) => [role, word("role", role)]);

function levels(): Option[] {
  return (picture.value.value?.levels ?? []).map((level) => [
    String(level.depth),
    gettext("explorer.level", { depth: level.depth, flows: level.flows, services: level.services }),
  ]);
}

function byName(options: Option[]): Option[] {
  return options.sort(([, one], [, other]) => one.localeCompare(other, language.value));
}
