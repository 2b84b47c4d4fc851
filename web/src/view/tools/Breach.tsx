// If a party or a service is breached: whose data, and who has to call whom by when.
import { addressOf, type Exposure } from "../../api/client";
import { partyName, term } from "../../state/names";
import { speaking } from "../../api/questions";
import { day, go, language, view } from "../../state/store";
import { useAnswer } from "../../state/useAnswer";
import { country, gettext, word, type Key } from "../../words";
import { Mark } from "../Mark";
import { PartyChoice } from "./PartyChoice";

type Exposed = Exposure["items"][number];

export function Breach() {
  const { party, service } = view.value;
  const asked = party || service ? { on: day.value, party: service ? null : party, service, ...speaking(language.value) } : null;
  const { value, loading, problem } = useAnswer<Exposure>(asked && addressOf("/exposure", asked));
  return (
    <section class="panel" aria-labelledby="breach" aria-busy={loading}>
      <h2 id="breach">{gettext("explorer.tool.breach")}</h2>
      <div class="fields">
        <PartyChoice
          label={gettext("explorer.party")}
          value={party}
          onChoose={(id) => go({ party: id, service: null, controller: null, activity: null, select: null })}
        />
      </div>
      {problem && <p class="note">{problem.message}</p>}
      {value && (
        <>
          <p>{gettext("explorer.exposed", { name: value.party.name, count: value.total })}</p>
          {value.reason && <p>{value.reason}</p>}
          <ul class="cards">
            {value.items.map((exposed) => (
              <li key={exposed.controller.id}>
                <ExposedCard exposed={exposed} />
              </li>
            ))}
          </ul>
          {value.may_be_exposed_total > 0 && (
            <p class="note">
              {gettext("explorer.may_be_exposed", {
                names: value.may_be_exposed.map((each) => each.controller.name).join(", "),
              })}
            </p>
          )}
          <p>
            <a href={addressOf("/exposure", { ...asked, format: "csv" })} download>
              {gettext("explorer.call_list_csv")}
            </a>
          </p>
        </>
      )}
    </section>
  );
}

function ExposedCard({ exposed }: { exposed: Exposed }) {
  const special = exposed.data.filter((item) => item.special || item.criminal);
  return (
    <article>
      <h3>{exposed.controller.name}</h3>
      <p>
        <Mark status={exposed.status} /> {exposed.countries.map(country).join(", ")}
      </p>
      <p>{exposed.data.map((item) => `${term(item.category)} (${term(item.subject)})`).join(", ")}</p>
      {special.length > 0 && <p class="special">{gettext("explorer.special")}</p>}
      <h4>{gettext("explorer.call_list")}</h4>
      <ol class="calls">
        {exposed.notify.map((call, place) => (
          <li key={place}>
            <b>{partyOf(call.who)}</b> → <b>{partyOf(call.whom)}</b> {call.by_when ?? call.why}
            {call.duty && <small> {call.duty.article}</small>}
            {!["recorded", "not_needed"].includes(call.contract_state) && <small class="weak"> {contractNote(call)}</small>}
          </li>
        ))}
      </ol>
      {exposed.basis !== "stated" && <p class="facts">{gettext("explorer.weak", { basis: word("basis", exposed.basis) })}</p>}
    </article>
  );
}

type Call = Exposed["notify"][number];

function partyOf(thing: { id: string | null; name: string }): string {
  return thing.id === "unknown" ? partyName("unknown") : thing.name;
}

function contractNote(call: Call): string {
  return call.contract_note ?? (call.contract ? "" : gettext("explorer.no_contract" as Key));
}
