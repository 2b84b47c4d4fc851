// What stands in the way, and a way on: the service is away, nothing has that id, a login has ended, anything else.
import type { Problem } from "../api/client";
import { askAgain } from "../state/answers";
import { addressOf, go, view } from "../state/store";
import { NOTHING, movedTo } from "../state/view";
import { gettext, type Key } from "../words";

const KNOWN: Record<string, Key> = {
  offline: "explorer.trouble.offline",
  login: "explorer.trouble.login",
  "not-found": "explorer.trouble.not-found",
  "invalid-parameter": "explorer.trouble.invalid-parameter",
  "engine-unavailable": "explorer.trouble.offline",
};

export function Trouble({ problem }: { problem: Problem }) {
  const home = movedTo({ ...NOTHING, lang: view.value.lang, theme: view.value.theme }, {});
  return (
    <section class="trouble" role="alert">
      <h1>{gettext(KNOWN[problem.slug] ?? "explorer.problem")}</h1>
      <p>{problem.slug === "offline" ? gettext("explorer.trouble.offline_help") : problem.message}</p>
      <p class="actions">
        <button type="button" onClick={askAgain}>
          {gettext("explorer.again")}
        </button>
        <a href={addressOf(home)} onClick={(event) => (event.preventDefault(), go(home))}>
          {gettext("explorer.to_start")}
        </a>
      </p>
    </section>
  );
}
