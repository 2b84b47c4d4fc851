// The day: a slider with the days marked on which the law or the register changes, and a way to play through them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Dated } from "../api/client";
import { picture, seen } from "../state/answers";
import { beside, dayNumber, dayOf, last, latest, marked, type Marked } from "../state/days";
import { partyName } from "../state/names";
import { FIRST, day, go, today } from "../state/store";
import { isDay } from "../state/view";
import { longDay, gettext, word, type Key } from "../words";

const BEAT = 1600;

export function DaySlider() {
  const playing = useSignal(false);
  const total = dayNumber(last.value);
  const now = latest(marked.value, day.value);

  useEffect(() => {
    if (!playing.value || picture.value.loading) return undefined;
    const timer = setTimeout(() => {
      const next = beside(marked.value, day.value, 1);
      if (next) go({ on: next.day }, "quietly");
      else playing.value = false;
    }, BEAT);
    return () => clearTimeout(timer);
  }, [playing.value, day.value, picture.value.loading]);

  return (
    <section class="days" aria-label={gettext("explorer.day")}>
      <div class="days-head">
        <label class="date">
          <span>{gettext("explorer.day")}</span>
          <input
            type="date"
            value={day.value}
            min={FIRST}
            max={last.value}
            onChange={(event) => isDay(event.currentTarget.value) && go({ on: event.currentTarget.value })}
          />
        </label>
        <Step step={-1} />
        <button type="button" class="play" aria-pressed={playing.value} onClick={() => (playing.value = !playing.value)}>
          {playing.value ? gettext("explorer.pause") : gettext("explorer.play")}
        </button>
        <Step step={1} />
        <button type="button" disabled={day.value === today} onClick={() => go({ on: null })}>
          {gettext("explorer.today")}
        </button>
        <p class="happens">
          {now && (
            <>
              {now.day !== day.value && `${gettext("explorer.last_marked")} `}
              <time dateTime={now.day}>{longDay(now.day)}</time> {happens(now)}
            </>
          )}
        </p>
      </div>
      <div class="track">
        <input
          type="range"
          min={0}
          max={total}
          value={dayNumber(day.value)}
          aria-label={gettext("explorer.day")}
          aria-valuetext={longDay(day.value)}
          onInput={(event) => go({ on: dayOf(Number(event.currentTarget.value)) }, "quietly")}
          onKeyDown={onKey}
        />
        <Marks total={total} />
      </div>
      <Meaning />
    </section>
  );
}

/** Page keys go to the marked days; arrows go day by day, as a slider does. */
function onKey(event: KeyboardEvent): void {
  const step = event.key === "PageUp" ? 1 : event.key === "PageDown" ? -1 : null;
  if (step === null) return;
  event.preventDefault();
  const found = beside(marked.value, day.value, step);
  if (found) go({ on: found.day }, "quietly");
}

function Step({ step }: { step: 1 | -1 }) {
  const found = beside(marked.value, day.value, step);
  const text = gettext(step === 1 ? "explorer.next_day" : "explorer.previous_day");
  return (
    <button
      type="button"
      class="step"
      aria-label={found ? `${text}: ${longDay(found.day)}. ${happens(found)}` : text}
      title={found && happens(found)}
      disabled={!found}
      onClick={() => found && go({ on: found.day })}
    >
      {step === 1 ? "›" : "‹"}
    </button>
  );
}

function Marks({ total }: { total: number }) {
  const years = Array.from({ length: 20 }, (_, place) => 2018 + place).filter((year) => `${year}-01-01` < last.value);
  const at = (text: string) => `${(dayNumber(text) / total) * 100}%`;
  return (
    <svg class="marks" height="34" aria-hidden="true">
      {years.map((year) => (
        <g key={year}>
          <line x1={at(`${year}-01-01`)} x2={at(`${year}-01-01`)} y1="14" y2="19" class="year" />
          <text x={at(`${year}-01-01`)} y="30" dx="3">
            {year}
          </text>
        </g>
      ))}
      {marked.value.map((found) => (
        <svg key={found.day} x={at(found.day)} overflow="visible" class="marked" onClick={() => go({ on: found.day })}>
          <title>{`${longDay(found.day)}: ${happens(found)}`}</title>
          <MarkShape found={found} />
        </svg>
      ))}
      <line x1={at(today)} x2={at(today)} y1="1" y2="16" class="today" />
    </svg>
  );
}

/** A round mark for the law, a square on its corner for the register; around it when a day has both. */
function MarkShape({ found }: { found: Marked }) {
  const when = found.day <= day.value ? "past" : "ahead";
  const grown = found.day === day.value ? 1.5 : 0;
  const [law, register] = [found.events.length > 0, found.facts.length > 0];
  const reach = (law ? 7 : 5) + grown;
  return (
    <>
      {register && <path d={`M0 ${8 - reach}L${reach} 8L0 ${8 + reach}L${-reach} 8Z`} class={law ? "facts ahead" : `facts ${when}`} />}
      {law && <circle cx="0" cy="8" r={3.5 + grown} class={when} />}
    </>
  );
}

/** What the shapes of the marks mean. */
function Meaning() {
  if (!seen.value) return null;
  return (
    <p class="marks-mean">
      <span aria-hidden="true">●</span> {gettext("explorer.marks.law")} <span aria-hidden="true">◆</span> {gettext("explorer.marks.facts")}
    </p>
  );
}

/** What happens on a marked day, in words: what the law does, and what the register says. */
function happens(found: Marked): string {
  const of = (mark: "law" | "facts", texts: readonly string[]) =>
    texts.length ? [`${gettext(`explorer.mark.${mark}`)}: ${[...new Set(texts)].join("; ")}`] : [];
  const law = found.events.map((event) => event.title);
  return [...of("law", law), ...of("facts", found.facts.map(factText))].join(" · ");
}

function factText(fact: Dated): string {
  return gettext(`explorer.turn.${fact.kind}` as Key, {
    sender: fact.sender.name,
    recipient: fact.service.name,
    role: word("role", fact.role),
    party: partyName(fact.importer.id),
    tool: fact.tool?.name ?? "",
  });
}
