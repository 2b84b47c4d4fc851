// The paths between two parties: the shortest chains, and longer ones on request.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { addressOf, type PathsAnswer } from "../../api/client";
import { toolChains } from "../../state/lit";
import { speaking } from "../../api/questions";
import { day, go, language, view } from "../../state/store";
import { useAnswer } from "../../state/useAnswer";
import { country, gettext } from "../../words";
import { Mark } from "../Mark";
import { PartyChoice } from "./PartyChoice";

type Path = PathsAnswer["items"][number];
const MORE = 20;

export function Paths() {
  const { from, to } = view.value;
  const more = useSignal(false);
  const asked = from && to ? { on: day.value, from, to, most: more.value ? MORE : null, ...speaking(language.value) } : null;
  const { value, problem, loading } = useAnswer<PathsAnswer>(asked && addressOf("/paths", asked));

  useEffect(() => {
    toolChains.value = value?.items.length ? value.items.map((path) => path.chain) : null;
    return () => (toolChains.value = null);
  }, [value]);

  return (
    <section class="panel" aria-labelledby="paths" aria-busy={loading}>
      <h2 id="paths">{gettext("explorer.tool.paths")}</h2>
      <div class="fields">
        <PartyChoice label={gettext("explorer.from")} value={from} onChoose={(id) => go({ from: id, select: null })} />
        <PartyChoice label={gettext("explorer.to")} value={to} onChoose={(id) => go({ to: id, select: null })} />
        <label class="tick">
          <input type="checkbox" checked={more.value} onChange={(event) => (more.value = event.currentTarget.checked)} />
          {gettext("explorer.longer_paths")}
        </label>
      </div>
      {problem && <p class="note">{problem.message}</p>}
      {value && <p>{value.reason ?? gettext("explorer.paths_found", { count: value.total })}</p>}
      <ol class="cards">
        {value?.items.map((path) => (
          <li key={path.chain.map((step) => step.flow).join(" ")}>
            <PathCard path={path} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function PathCard({ path }: { path: Path }) {
  return (
    <article>
      <h3>{path.start.name}</h3>
      <ol class="chain">
        {path.steps.map((step) => (
          <li key={step.flow}>
            <button type="button" class="link" onClick={() => go({ select: { kind: "flow", id: step.flow } })}>
              {step.service.name}
            </button>{" "}
            <small>
              {step.importer.name}, {step.countries.map(country).join(", ")}
            </small>{" "}
            <Mark status={step.status} />
          </li>
        ))}
      </ol>
    </article>
  );
}
