// The bar at the top: the way home, the search, language and colours.
import { addressOf, go, language, view } from "../state/store";
import { LANGUAGES, THEMES, movedTo, type Language, type Theme } from "../state/view";
import { say } from "../words";
import { Search } from "./Search";

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", nl: "Nederlands" };

export function Bar() {
  const home = movedTo(view.value, {});
  return (
    <header class="bar">
      <a class="brand" href={addressOf(home)} onClick={(event) => (event.preventDefault(), go(home))}>
        <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
          <path d="M3 8h6M9 8c4 0 3-5 8-5M9 8c4 0 3 5 8 5" fill="none" stroke="currentColor" stroke-width="1.6" />
          <circle cx="3" cy="8" r="2.6" fill="currentColor" />
          <circle cx="20" cy="3" r="2.4" fill="currentColor" />
          <circle cx="20" cy="13" r="2.4" fill="none" stroke="currentColor" stroke-width="1.4" />
        </svg>
        graphsvc
      </a>
      <Search />
      <label class="quiet">
        <span class="unseen">{say("explorer.language")}</span>
        <select value={language.value} onChange={(event) => go({ lang: event.currentTarget.value as Language })}>
          {LANGUAGES.map((each) => (
            <option key={each} value={each} lang={each}>
              {LANGUAGE_NAMES[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="quiet">
        <span class="unseen">{say("explorer.colours")}</span>
        <select value={view.value.theme} onChange={(event) => go({ theme: event.currentTarget.value as Theme }, "quietly")}>
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {say(`explorer.theme.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <a class="quiet" href="/api/docs">
        API
      </a>
    </header>
  );
}

