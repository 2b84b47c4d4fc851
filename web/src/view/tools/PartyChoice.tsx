// Choosing a party of the register.
import { addressOf } from "../../api/client";
import { useAnswer } from "../../state/useAnswer";
import { gettext } from "../../words";
import { Choice } from "../Filters";

const MOST = 2_000;
type Parties = { items: { id: string; name: string }[] };

export function PartyChoice(properties: { label: string; value: string | null; onChoose: (id: string | null) => void }) {
  const { value } = useAnswer<Parties>(addressOf("/parties", { page_size: MOST }));
  const named = (value?.items ?? []).map((party) => [party.id, party.name] as const);
  const options = [...named].sort(([, one], [, other]) => one.localeCompare(other));
  return <Choice {...properties} options={options} none={gettext("explorer.choose_party")} />;
}
