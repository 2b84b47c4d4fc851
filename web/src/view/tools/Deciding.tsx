// Asks for confirmation before two parties are called one, or not one, or before that is taken back.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Problem, addressOf, post, remove, type Identities } from "../../api/client";
import { speaking } from "../../api/questions";
import { language } from "../../state/store";
import { gettext, type Key } from "../../words";

export type Act = "same" | "different" | "undo";
export type Pair = Pick<Identities["items"][number], "party" | "other" | "reasons">;

const WORDS: Record<Act, { title: Key; help: Key; button: Key }> = {
  same: { title: "explorer.same.merge_title", help: "explorer.same.merge_help", button: "explorer.same.merge" },
  different: { title: "explorer.same.differ_title", help: "explorer.same.differ_help", button: "explorer.same.differ" },
  undo: { title: "explorer.same.undo_title", help: "explorer.same.undo_help", button: "explorer.same.undo" },
};
const LONGEST_REASON = 2_000;

interface Properties {
  act: Act;
  pair: Pair;
  onDone: (act: Act, pair: Pair) => void;
  onLeave: () => void;
}

export function Deciding({ act, pair, onDone, onLeave }: Properties) {
  const box = useRef<HTMLDialogElement>(null);
  const stays = useSignal(pair.party.id);
  const reason = useSignal(act === "same" ? pair.reasons.map((each) => each.reason).join(" ") : "");
  const sending = useSignal(false);
  const problem = useSignal<string | null>(null);
  const words = WORDS[act];
  const undo = act === "undo";

  useEffect(() => box.current?.showModal(), []);

  async function send(): Promise<void> {
    sending.value = true;
    problem.value = null;
    try {
      await carriedOut(act, pair, stays.value, reason.value.trim());
      box.current?.close();
      onDone(act, pair);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error.slug === "offline" ? gettext("explorer.trouble.offline") : error.message;
    } finally {
      sending.value = false;
    }
  }

  return (
    <dialog ref={box} class="deciding" aria-labelledby="deciding" aria-describedby="deciding-help" onClose={onLeave}>
      <form onSubmit={(event) => (event.preventDefault(), void send())}>
        <h2 id="deciding">{gettext(words.title)}</h2>
        <p>
          <b>{pair.party.name}</b> <small>{pair.party.id}</small> {gettext("explorer.same.and")} <b>{pair.other.name}</b>{" "}
          <small>{pair.other.id}</small>
        </p>
        <p id="deciding-help">{gettext(words.help)}</p>
        {act === "same" && <Stays pair={pair} stays={stays.value} onChoose={(id) => (stays.value = id)} />}
        {!undo && (
          <label class="field">
            <span>{gettext("explorer.same.reason")}</span>
            <textarea
              required
              rows={3}
              maxLength={LONGEST_REASON}
              value={reason.value}
              onInput={(event) => (reason.value = event.currentTarget.value)}
            />
          </label>
        )}
        {problem.value && (
          <p class="note" role="alert">
            {problem.value}
          </p>
        )}
        <p class="actions">
          <button type="submit" class="main" disabled={sending.value || (!undo && !reason.value.trim())}>
            {gettext(words.button)}
          </button>
          <button type="button" onClick={() => box.current?.close()}>
            {gettext("explorer.same.cancel")}
          </button>
        </p>
      </form>
    </dialog>
  );
}

/** Which of the two gives the name and the id. */
function Stays({ pair, stays, onChoose }: { pair: Pair; stays: string; onChoose: (id: string) => void }) {
  return (
    <fieldset>
      <legend>{gettext("explorer.same.stays")}</legend>
      {[pair.party, pair.other].map((party) => (
        <label key={party.id} class="tick">
          <input type="radio" name="stays" checked={stays === party.id} onChange={() => onChoose(party.id)} />
          <span>
            {party.name} <small>{party.id}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

async function carriedOut(act: Act, { party, other }: Pair, stays: string, reason: string): Promise<void> {
  const spoken = speaking(language.value);
  if (act === "undo") {
    await remove(addressOf(`/identities/${encodeURIComponent(party.id)}/${encodeURIComponent(other.id)}`, spoken));
    return;
  }
  const [one, two] = stays === other.id ? [other, party] : [party, other];
  await post(addressOf("/identities", spoken), { party: one.id, other: two.id, verdict: act, reason });
}
