// Where facts come from: the document, the place in it, and how directly it says so.
import { addressOf, type Flow, type Source } from "../api/client";
import { useAnswer } from "../state/useAnswer";
import { longDay, gettext, word } from "../words";

type Evidence = Flow["sources"][number];

export function Sources({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <>
      <h3>{gettext("explorer.sources")}</h3>
      <ul class="sources">
        {evidence.map((each) => (
          <li key={`${each.source} ${each.locator} ${each.basis}`}>
            <SourceLine evidence={each} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SourceLine({ evidence }: { evidence: Evidence }) {
  const { value } = useAnswer<Source>(addressOf(`/sources/${encodeURIComponent(evidence.source)}`));
  const weak = evidence.basis === "inferred" || evidence.basis === "assumed";
  return (
    <>
      <span>{value?.title ?? evidence.source}</span>
      {value?.date && <small> {longDay(value.date)}</small>}, {evidence.locator}{" "}
      <small class={weak ? "basis weak" : "basis"}>{word("basis", evidence.basis)}</small>
      {value?.url && isWeb(value.url) && (
        <>
          {" "}
          <a href={value.url} rel="noreferrer noopener" target="_blank">
            {gettext("explorer.open_source")}
          </a>
        </>
      )}
    </>
  );
}

/** Only addresses of the web become links: a register may hold any text. */
export function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
