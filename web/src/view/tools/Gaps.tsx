// What the register does not know or lacks: a worklist, the heaviest first, each with its place in the picture.
import { useSignal } from "@preact/signals";
import { addressOf, type Gaps as Found } from "../../api/client";
import { day, language, view } from "../../state/store";
import { useAnswer } from "../../state/useAnswer";
import { count, gettext, type Key } from "../../words";
import { Choice } from "../Filters";
import { JumpTo } from "./JumpTo";

const PAGE = 30;

export function Gaps() {
  const kind = useSignal<string | null>(null);
  const most = useSignal(PAGE);
  const asked = { on: day.value, controller: view.value.controller, kind: kind.value, lang: language.value, page_size: 1_000 };
  const { value, loading, problem } = useAnswer<Found>(addressOf("/gaps", asked));
  const kinds = Object.entries((value?.by_kind ?? {}) as Record<string, number>);
  return (
    <section class="panel" aria-labelledby="gaps" aria-busy={loading}>
      <h2 id="gaps">{gettext("explorer.tool.gaps")}</h2>
      {problem && <p class="note">{problem.message}</p>}
      <Choice
        label={gettext("explorer.kind")}
        value={kind.value}
        options={kinds.map(([id, number]) => [id, `${gettext(`gaps.kind.${id}` as Key)} (${number})`])}
        onChoose={(id) => (kind.value = id)}
      />
      {value && <p>{gettext("explorer.findings", { count: value.total })}</p>}
      <ul class="findings">
        {value?.items.slice(0, most.value).map((gap) => (
          <li key={gap.id}>
            <p>
              <b>{gap.controller.name}</b>: {gap.what} <small>{gap.article}</small>
            </p>
            <p class="facts">
              {gap.to_do} <JumpTo chain={gap.chain} />
            </p>
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
