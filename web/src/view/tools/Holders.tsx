// Who holds a kind of data: the picture shows the holders and the chains that lead to them.
import type { Status } from "../../api/client";
import { STATUSES } from "../../picture/looks";
import { picture } from "../../state/answers";
import { term } from "../../state/names";
import { go, view } from "../../state/store";
import { country, gettext } from "../../words";
import { Choice, terms } from "../Filters";
import { Mark } from "../Mark";

export function Holders() {
  const { category, subject } = view.value;
  const found = category || subject ? holders() : [];
  return (
    <section class="panel" aria-labelledby="holders">
      <h2 id="holders">{gettext("explorer.tool.holders")}</h2>
      <div class="fields">
        <Choice label={gettext("explorer.category")} value={category} options={terms("category")} onChoose={(id) => go({ category: id })} />
        <Choice label={gettext("explorer.subject")} value={subject} options={terms("subject")} onChoose={(id) => go({ subject: id })} />
      </div>
      {(category || subject) && (
        <>
          <p>{gettext("explorer.holders_found", { count: found.length, what: term(category ?? subject ?? "") })}</p>
          <ul class="list">
            {found.map((holder) => (
              <li key={holder.id}>
                <Mark status={holder.status} />
                <button type="button" class="link" onClick={() => go({ select: { kind: "node", id: holder.id } })}>
                  {holder.name}
                </button>
                <small>{holder.countries.map(country).join(", ")}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface Holder {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly countries: readonly string[];
}

/** The services that the data comes to, the worst footing first. */
function holders(): Holder[] {
  const found = (picture.value.value?.nodes ?? []).flatMap((node) => {
    if (node.kind !== "service" || node.status === null) return [];
    const whose = node.unnamed ? gettext("word.unnamed") : node.party.name;
    const name = whose === node.name ? node.name : `${node.name} (${whose})`;
    return [{ id: node.id, name, status: node.status, countries: node.countries }];
  });
  const rank = (holder: Holder) => STATUSES.indexOf(holder.status);
  return found.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}
