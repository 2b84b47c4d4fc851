// What controllers say in public against the facts: each contradiction leads to its place in the picture.
import { useSignal } from "@preact/signals";
import { addressOf, type Claims as Found } from "../../api/client";
import { speaking } from "../../api/questions";
import { day, language, view } from "../../state/store";
import { useAnswer } from "../../state/useAnswer";
import { count, country, gettext, type Key } from "../../words";
import { Mark } from "../Mark";
import { Sources } from "../Sources";
import { JumpTo } from "./JumpTo";

type Finding = Found["items"][number];
const FACTS = 6;
const PAGE = 30;

export function Claims() {
  const all = useSignal(false);
  const most = useSignal(PAGE);
  const verdict = all.value ? null : "contradicted";
  const asked = { on: day.value, controller: view.value.controller, verdict, page_size: 1_000, ...speaking(language.value) };
  const { value, loading, problem } = useAnswer<Found>(addressOf("/claims", asked));
  return (
    <section class="panel" aria-labelledby="claims" aria-busy={loading}>
      <h2 id="claims">{gettext("explorer.tool.claims")}</h2>
      <label class="tick">
        <input type="checkbox" checked={all.value} onChange={(event) => (all.value = event.currentTarget.checked)} />
        {gettext("explorer.all_claims")}
      </label>
      {problem && <p class="note">{problem.message}</p>}
      {value && <p>{gettext("explorer.findings", { count: value.total })}</p>}
      <ul class="findings">
        {value?.items.slice(0, most.value).map((finding) => (
          <li key={finding.id}>
            <FindingCard finding={finding} />
          </li>
        ))}
      </ul>
      {value && value.items.length > most.value && (
        <button type="button" onClick={() => (most.value += PAGE)}>
          {gettext("word.more", { count: count(value.items.length - most.value) })}
        </button>
      )}
    </section>
  );
}

/** What was checked: a kind of claim, or what a document has to say. */
function ruleText(kind: string, rule: string): string {
  return gettext(`${kind === "claim" ? "claims.kind" : "gaps.kind"}.${rule}` as Key);
}

function FindingCard({ finding }: { finding: Finding }) {
  return (
    <details class={`finding ${finding.severity ?? "low"}`}>
      <summary>
        <span class="severity">{finding.severity ? gettext(`explorer.severity.${finding.severity}` as Key) : "–"}</span>
        <span>
          <b>{finding.controller.name}</b>: {finding.kind === "claim" ? `“${finding.text}”` : finding.text}
          <small> {gettext(`explorer.verdict.${finding.verdict}` as Key)}</small>
        </span>
      </summary>
      <p>
        {finding.rule && <small>{ruleText(finding.kind, finding.rule)}. </small>}
        {finding.reason}
      </p>
      {finding.against.length > 0 && <h3>{gettext("explorer.against")}</h3>}
      <ul class="items">
        {finding.against.slice(0, FACTS).map((fact, place) => (
          <li key={place}>
            {fact.status && <Mark status={fact.status} />} {fact.reason}
            {fact.country && <small> {country(fact.country)}</small>} <JumpTo chain={fact.chain} />
          </li>
        ))}
        {finding.against.length > FACTS && <li>{gettext("word.more", { count: finding.against.length - FACTS })}</li>}
      </ul>
      {finding.remarks.map((remark) => (
        <p key={remark.id}>{remark.text}</p>
      ))}
      <Sources evidence={finding.sources} />
    </details>
  );
}
