// Putting together a change to try: a decision struck, a party or service dropped, replaced or moved.
import { useSignal } from "@preact/signals";
import { addressOf } from "../../api/client";
import { flows } from "../../state/lit";
import { partyName } from "../../state/names";
import { go, language, view } from "../../state/store";
import type { Change } from "../../state/view";
import { useAnswer } from "../../state/useAnswer";
import { country, say } from "../../words";
import { Choice, type Option } from "../Filters";
import { PartyChoice } from "./PartyChoice";

const KINDS = ["end_decision", "drop_party", "replace_service", "move_party", "withdraw_tool", "new_decision"] as const;
type Kind = (typeof KINDS)[number];
/** Decisions that people ask about first; the register knows the others by their ids too. */
const DECISIONS = ["us-dpf", "GB", "JP", "KR", "BR", "CH"];
type Things = { items: { id: string; name: string }[] };

export function NewChange() {
  const kind = useSignal<Kind>("end_decision");
  const what = useSignal<string | null>(null);
  const by = useSignal<string | null>(null);
  const choose = (text: string | null) => (what.value = text);
  const change = made(kind.value, what.value, by.value);

  function add(): void {
    if (!change) return;
    go({ changes: [...view.value.changes, change] });
    [what.value, by.value] = [null, null];
  }

  return (
    <form class="fields" onSubmit={(event) => (event.preventDefault(), add())}>
      <label class="field">
        <span>{say("explorer.change")}</span>
        <select
          value={kind.value}
          onChange={(event) => ((kind.value = event.currentTarget.value as Kind), choose(null))}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {say(`explorer.change.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {kind.value === "end_decision" && (
        <Choice label={say("explorer.decision")} value={what.value} options={decisions()} onChoose={choose} none="–" />
      )}
      {(kind.value === "drop_party" || kind.value === "move_party") && (
        <PartyChoice label={say("explorer.party")} value={what.value} onChoose={choose} />
      )}
      {kind.value === "replace_service" && (
        <>
          <Choice label={say("explorer.service")} value={what.value} options={services()} onChoose={choose} none="–" />
          <ServiceChoice label={say("explorer.by")} value={by.value} onChoose={(id) => (by.value = id)} />
        </>
      )}
      {kind.value === "withdraw_tool" && <ToolChoice value={what.value} onChoose={choose} />}
      {kind.value === "new_decision" && (
        <Choice label={say("explorer.country")} value={what.value} options={countries()} onChoose={choose} none="–" />
      )}
      <button type="submit" disabled={!change}>
        {say("explorer.try")}
      </button>
    </form>
  );
}

/** The change that has been put together; null: something is missing. */
export function made(kind: Kind, what: string | null, by: string | null): Change | null {
  if (!what) return null;
  switch (kind) {
    case "end_decision":
      return { kind, decision: what };
    case "drop_party":
      return { kind, party: what };
    case "move_party":
      return { kind, party: what, to: "NL" };
    case "replace_service":
      return by ? { kind, service: what, by } : null;
    case "withdraw_tool":
      return { kind, tool: what };
    case "new_decision":
      return { kind, country: what };
  }
}

function decisions(): Option[] {
  return DECISIONS.map((id) => [id, /^[A-Z]{2}$/.test(id) ? country(id) : say("explorer.us_framework")]);
}

function services(): Option[] {
  const found = new Map(flows.value.map((flow) => [flow.to.id, `${flow.to.name} (${partyName(flow.importer.id)})`]));
  return [...found].sort(([, one], [, other]) => one.localeCompare(other, language.value));
}

function countries(): Option[] {
  const codes = new Set(flows.value.flatMap((flow) => flow.countries).filter((code) => code !== "unknown"));
  return [...codes].map((code): Option => [code, country(code)]).sort(([, one], [, other]) => one.localeCompare(other));
}

function ServiceChoice(properties: { label: string; value: string | null; onChoose: (id: string | null) => void }) {
  const { value } = useAnswer<Things>(addressOf("/services", { page_size: 2_000 }));
  return <Choice {...properties} options={(value?.items ?? []).map((each) => [each.id, each.name])} none="–" />;
}

function ToolChoice(properties: { value: string | null; onChoose: (id: string | null) => void }) {
  const { value } = useAnswer<Things>(addressOf("/tools", { page_size: 2_000 }));
  const options = (value?.items ?? []).map((each): Option => [each.id, each.name]);
  return <Choice {...properties} label={say("explorer.tools")} options={options} none="–" />;
}
