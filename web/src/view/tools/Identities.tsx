// Parties that may be one, with the reasons, and what was decided; a person decides, and can take it back.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { addressOf as apiAddress, type Identities as Found } from "../../api/client";
import { speaking } from "../../api/questions";
import { askAgain, controllers } from "../../state/answers";
import { addressOf, go, language, view } from "../../state/store";
import { useAnswer } from "../../state/useAnswer";
import { movedTo, type View } from "../../state/view";
import { count, gettext, type Key } from "../../words";
import { Sources } from "../Sources";
import { Deciding, type Act, type Pair } from "./Deciding";

type Item = Found["items"][number];
const KINDS = ["proposal", "same", "different"] as const;
type Kind = (typeof KINDS)[number];
const PAGE = 30;
const LARGEST = 10_000;
const DONE: Record<Act, Key> = {
  same: "explorer.same.merged",
  different: "explorer.same.differs",
  undo: "explorer.same.undone",
};

export function Identities() {
  const kind = useSignal<Kind>("proposal");
  const most = useSignal(PAGE);
  const asks = useSignal<{ act: Act; pair: Pair } | null>(null);
  const done = useSignal<{ act: Act; pair: Pair } | null>(null);
  const gone = useSignal<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = { kind: kind.value, page_size: most.value, ...speaking(language.value) };
  const { value, loading, problem } = useAnswer<Found>(apiAddress("/identities", asked));
  const decided = kind.value !== "proposal";

  useEffect(() => {
    gone.value = null;
  }, [value]);

  useEffect(() => {
    // Once its card is gone: what that has asked, such as the source of a decision taken back, may not be there any more.
    if (done.value) askAgain();
  }, [done.value]);

  function finish(act: Act, pair: Pair): void {
    [done.value, asks.value, gone.value] = [{ act, pair }, null, keyOf(pair)];
    heading.current?.focus();
  }

  return (
    <section class="panel" aria-labelledby="identities" aria-busy={loading}>
      <h2 id="identities" ref={heading} tabIndex={-1}>
        {gettext("explorer.tool.identities")}
      </h2>
      <p class="facts">{gettext("explorer.same.lead")}</p>
      <label class="field">
        <span>{gettext("explorer.same.show")}</span>
        <select
          value={kind.value}
          onChange={(event) => ([kind.value, most.value] = [event.currentTarget.value as Kind, PAGE])}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {gettext(`explorer.same.kind.${each}`)}
              {value && ` (${count((value.by_kind as Record<string, number>)[each] ?? 0)})`}
            </option>
          ))}
        </select>
      </label>
      <div role="status">
        {done.value && <Done {...done.value} onUndo={(pair) => (asks.value = { act: "undo", pair })} />}
      </div>
      {loading && !value && <p>{gettext("explorer.loading")}</p>}
      {problem && (
        <p class="note">
          {problem.message}{" "}
          <button type="button" class="link" onClick={askAgain}>
            {gettext("explorer.again")}
          </button>
        </p>
      )}
      {value && (
        <p>
          {!value.total
            ? gettext("explorer.same.none")
            : gettext(decided ? "explorer.same.decided" : "explorer.same.found", { count: count(value.total) })}
        </p>
      )}
      <ul class="findings pairs">
        {value?.items
          .filter((item) => keyOf(item) !== gone.value)
          .map((item) => (
            <li key={keyOf(item)}>
              <Card item={item} onAsk={(act) => (asks.value = { act, pair: item })} />
            </li>
          ))}
      </ul>
      {value && value.total > most.value && most.value < LARGEST && (
        <button type="button" onClick={() => (most.value = Math.min(most.value + PAGE, LARGEST))}>
          {gettext("word.more", { count: count(value.total - most.value) })}
        </button>
      )}
      {value && value.too_common_total > 0 && <Common found={value} />}
      {asks.value && (
        <Deciding
          key={`${asks.value.act} ${keyOf(asks.value.pair)}`}
          {...asks.value}
          onDone={finish}
          onLeave={() => (asks.value = null)}
        />
      )}
    </section>
  );
}

/** The two, in whichever order. */
function keyOf({ party, other }: Pair): string {
  return [party.id, other.id].sort().join(" ");
}

/** What was done just now. It is told aloud here, as the picture, which is asked again, says what it shows then. */
function Done({ act, pair, onUndo }: { act: Act; pair: Pair; onUndo: (pair: Pair) => void }) {
  return (
    <p class="note done">
      {gettext(DONE[act], { party: pair.party.name, other: pair.other.name })}{" "}
      {act !== "undo" && (
        <button type="button" class="link" aria-haspopup="dialog" onClick={() => onUndo(pair)}>
          {gettext("explorer.same.undo")}
        </button>
      )}
    </p>
  );
}

function Card({ item, onAsk }: { item: Item; onAsk: (act: Act) => void }) {
  const names = `${item.party.name}, ${item.other.name}`;
  const button = (act: Act, key: Key) => (
    <button type="button" aria-haspopup="dialog" aria-label={`${gettext(key)}: ${names}`} onClick={() => onAsk(act)}>
      {gettext(key)}
    </button>
  );
  return (
    <article class={`pair ${item.sure ?? "decided"}`}>
      {item.sure && <span class="severity">{gettext(`explorer.same.sure.${item.sure}`)}</span>}
      <h3>
        <PartyLink party={item.party} /> {gettext("explorer.same.and")} <PartyLink party={item.other} />
      </h3>
      <ul class="reasons">
        {item.reasons.map((reason) => (
          <li key={reason.reason}>
            {reason.reason}
            {reason.score !== null && <small> {reason.score} / 100</small>}
          </li>
        ))}
      </ul>
      {item.sources.length > 0 && <Sources evidence={item.sources} />}
      {item.kind === "proposal" ? (
        <p class="actions">
          {button("same", "explorer.same.merge")}
          {button("different", "explorer.same.differ")}
        </p>
      ) : item.document?.startsWith("decision.") ? (
        <p class="actions">{button("undo", "explorer.same.undo")}</p>
      ) : (
        <p class="facts">{gettext("explorer.same.elsewhere", { document: item.document ?? "" })}</p>
      )}
    </article>
  );
}

/** A party: its name leads to what the register knows of it, and the list stays beside that. */
function PartyLink({ party }: { party: Pair["party"] }) {
  const isController = controllers.value.value?.items.some((each) => each.id === party.id) ?? false;
  const where: Partial<View> = isController ? { controller: party.id } : { party: party.id };
  const place = movedTo(view.value, { ...where, tool: "identities" });
  return (
    <span class="who">
      <a href={addressOf(place)} onClick={(event) => (event.preventDefault(), go(place))}>
        {party.name}
      </a>{" "}
      <small>{party.id}</small>
    </span>
  );
}

/** What too many have in common to be compared for it. */
function Common({ found }: { found: Found }) {
  return (
    <details>
      <summary>{gettext("explorer.same.common", { count: count(found.too_common_total) })}</summary>
      <ul class="reasons">
        {found.too_common.map((each) => (
          <li key={`${each.kind} ${each.mark}`}>{each.reason}</li>
        ))}
      </ul>
    </details>
  );
}
