// What if: changes to try, what they come to, and the flows that change; the register stays as it is.
import { useMemo } from "preact/hooks";
import { addressOf, post, type Status, type WhatIf as Outcome } from "../../api/client";
import { STATUSES } from "../../picture/looks";
import { speaking } from "../../api/questions";
import { day, go, language, view } from "../../state/store";
import type { Change } from "../../state/view";
import { useAnswer } from "../../state/useAnswer";
import { count, gettext, type Key } from "../../words";
import { Mark } from "../Mark";
import { jump } from "./JumpTo";
import { NewChange } from "./NewChange";
import { WhatIfFile } from "./WhatIfFile";

const SHOWN = 40;

export function WhatIf() {
  const { changes, controller } = view.value;
  const body = JSON.stringify({ on: day.value, changes, ...(controller ? { controller } : {}) });
  const ask = useMemo(
    () => (address: string, stop: AbortSignal) => post<Outcome>(address.split("#")[0]!, JSON.parse(address.split("#")[1]!), stop),
    [],
  );
  const { value, loading, problem } = useAnswer<Outcome>(changes.length ? `${addressOf("/what-if", speaking(language.value))}#${body}` : null, ask);
  return (
    <section class="panel" aria-labelledby="what-if" aria-busy={loading}>
      <h2 id="what-if">{gettext("explorer.tool.what-if")}</h2>
      <NewChange />
      <WhatIfFile />
      <ul class="changes">
        {changes.map((change, place) => (
          <li key={place}>
            <span>{value?.changes[place]?.says ?? changeText(change)}</span>
            <button type="button" onClick={() => go({ changes: changes.filter((_, other) => other !== place) })}>
              {gettext("explorer.take_back")}
            </button>
          </li>
        ))}
      </ul>
      {problem && <p class="note">{problem.message}</p>}
      {value && changes.length > 0 && <Result outcome={value} />}
    </section>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const [before, after] = [outcome.before, outcome.after].map((side) => side.by_status as Record<Status, number>);
  const shown = STATUSES.filter((status) => before![status] || after![status]);
  return (
    <>
      {outcome.without_effect.map((idle) => (
        <p key={idle.change} class="note">
          {idle.says}: {idle.why}
        </p>
      ))}
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">{gettext("explorer.status")}</th>
            <th scope="col">{gettext("explorer.before")}</th>
            <th scope="col">{gettext("explorer.after")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((status) => (
            <tr key={status}>
              <th scope="row">
                <Mark status={status} />
              </th>
              <td class="number">{count(before![status] ?? 0)}</td>
              <td class="number">
                {before![status] === after![status] ? count(after![status] ?? 0) : <b>{count(after![status] ?? 0)}</b>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{gettext("explorer.lines_changed", { count: outcome.total })}</p>
      <ul class="list">
        {outcome.changed.slice(0, SHOWN).map((line) => (
          <li key={`${line.activity.id} ${line.flow} ${line.country}`}>
            <button type="button" class="link" onClick={() => jump(line.flow, (line.chain_after ?? line.chain_before).length)}>
              {line.controller.name}: {line.service.name}
            </button>
            {line.status_before ? <Mark status={line.status_before} /> : gettext("explorer.not_there")} →{" "}
            {line.status_after ? <Mark status={line.status_after} /> : gettext("explorer.gone")}
          </li>
        ))}
      </ul>
      {outcome.notes.map((note, place) => (
        <p key={place} class="facts">
          {note.text}
        </p>
      ))}
    </>
  );
}

function changeText(change: Change): string {
  const [kind, ...rest] = Object.values(change).map((member) => (typeof member === "object" ? Object.values(member).join(", ") : member));
  return [gettext(`explorer.change.${kind}` as Key), ...rest].join(" · ");
}

