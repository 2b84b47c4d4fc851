// The bar at the top: the way home, the search, language and colours.
import { addressOf, go, language, view } from "../state/store";
import { LANGUAGES } from "../catalogues";
import { THEMES, movedTo, type Theme } from "../state/view";
import { gettext } from "../words";
import { Search } from "./Search";

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
        <span class="unseen">{gettext("explorer.language")}</span>
        <select value={language.value} onChange={(event) => go({ lang: event.currentTarget.value })}>
          {LANGUAGES.map((each) => (
            <option key={each} value={each} lang={each}>
              {new Intl.DisplayNames([each], { type: "language" }).of(each)}
            </option>
          ))}
        </select>
      </label>
      <label class="quiet">
        <span class="unseen">{gettext("explorer.colours")}</span>
        <select value={view.value.theme} onChange={(event) => go({ theme: event.currentTarget.value as Theme }, "quietly")}>
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {gettext(`explorer.theme.${each}`)}
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

