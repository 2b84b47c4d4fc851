// What can be taken along from where one stands: the picture, the table, and the question behind both.
import { useSignal } from "@preact/signals";
import { addressOf, type ExportList } from "../api/client";
import { curlOf, handoverAddress, sheetAddress, tableAddress } from "../api/questions";
import { DARK, LIGHT } from "../picture/looks";
import { announce } from "../state/announce";
import { stage } from "../state/stage";
import { day, language, view } from "../state/store";
import { useAnswer } from "../state/useAnswer";
import { gettext } from "../words";
import { save } from "./save";

export function Exports() {
  const copied = useSignal(false);
  const isOpen = useSignal(false);
  const command = curlOf(view.value, day.value, location.origin);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(command);
    copied.value = true;
    announce(gettext("explorer.copied"));
    setTimeout(() => (copied.value = false), 2_000);
  }

  return (
    <details class="exports" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{gettext("explorer.export")}</summary>
      <ul>
        <li>
          <button type="button" disabled={!stage.value} onClick={() => void savePng()}>
            {gettext("explorer.export_png")}
          </button>
        </li>
        <li>
          <a href={sheetAddress(view.value, day.value, language.value)} download={`${nameOf()}.svg`}>
            {gettext("explorer.export_svg")}
          </a>
        </li>
        <li>
          <a href={tableAddress(view.value, day.value, language.value)} download={`${nameOf()}.csv`}>
            {gettext("explorer.export_csv")}
          </a>
        </li>
        <li>
          <button type="button" onClick={() => void copy()}>
            {copied.value ? gettext("explorer.copied") : gettext("explorer.export_curl")}
          </button>
          <code class="command">{command}</code>
        </li>
        {isOpen.value && <Handover />}
      </ul>
    </details>
  );
}

type Kind = ExportList["items"][number];

/** What the service hands over of the controller or the activity seen: whatever its list says. */
function Handover() {
  const { value } = useAnswer<ExportList>(addressOf("/exports", { lang: language.value }));
  const isOne = view.value.controller !== null || view.value.activity !== null;
  const kinds = (value?.items ?? []).filter((each) => isOne || each.whole);
  if (!kinds.length) return null;
  return (
    <li>
      <h3>{gettext("explorer.handover")}</h3>
      <ul class="handover">
        {kinds.map((each) => (
          <li key={each.kind}>
            <span>{each.name}</span>
            <Forms kind={each} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Forms({ kind }: { kind: Kind }) {
  return (
    <span class="forms">
      {kind.formats.map(({ format, missing }) =>
        missing.length ? (
          <s key={format} title={gettext("explorer.needs", { modules: missing.join(", ") })}>
            {format}
          </s>
        ) : (
          <a
            key={format}
            href={handoverAddress(view.value, day.value, language.value, kind.kind, format)}
            aria-label={`${kind.name}, ${format}`}
            download
          >
            {format}
          </a>
        ),
      )}
    </span>
  );
}

function nameOf(): string {
  const { controller, activity, party, service, category } = view.value;
  return [controller ?? activity ?? service ?? party ?? category ?? "picture", day.value].join("-");
}

async function savePng(): Promise<void> {
  const dark = document.documentElement.dataset["theme"] === "dark";
  const picture = await stage.value!.png(dark ? DARK : LIGHT);
  save(picture, `${nameOf()}.png`);
}
