// The whole page.
import { useEffect } from "preact/hooks";
import { blocking } from "../state/answers";
import { announcement } from "../state/announce";
import { title } from "../state/names";
import { language, oddDay, today, view } from "../state/store";
import { isList, isStart } from "../state/view";
import { longDay, gettext } from "../words";
import { Bar } from "./Bar";
import { Explorer } from "./Explorer";
import { List } from "./List";
import { Start } from "./Start";
import { Trouble } from "./Trouble";

export function App() {
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset["theme"] = view.value.theme;
    document.title = isStart(view.value) ? "graphsvc" : `${title.value} · graphsvc`;
  });
  return (
    <>
      <a class="skip" href="#content">
        {gettext("explorer.skip")}
      </a>
      <Bar />
      <main id="content" tabIndex={-1}>
        {oddDay.value !== null && (
          <p class="note" role="alert">
            {gettext("explorer.odd_day", { day: oddDay.value, today: longDay(today) })}
          </p>
        )}
        {blocking.value ? <Trouble problem={blocking.value} /> : isStart(view.value) ? <Start /> : isList(view.value) ? <List /> : <Explorer />}
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
}
