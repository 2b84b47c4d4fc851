// The day: a slider with the days marked on which the law changed, and a way to play through them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { picture } from "../state/answers";
import { FIRST, beside, dayNumber, dayOf, last, latest, marked } from "../state/days";
import { day, go, today } from "../state/store";
import { isDay } from "../state/view";
import { longDay, say } from "../words";

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
    <section class="days" aria-label={say("explorer.day")}>
      <div class="days-head">
        <label class="date">
          <span>{say("explorer.day")}</span>
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
          {playing.value ? say("explorer.pause") : say("explorer.play")}
        </button>
        <Step step={1} />
        <button type="button" disabled={day.value === today} onClick={() => go({ on: null })}>
          {say("explorer.today")}
        </button>
        <p class="happens">
          {now && (
            <>
              <time dateTime={now.day}>{longDay(now.day)}</time> {now.events.map((event) => event.title).join("; ")}
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
          aria-label={say("explorer.day")}
          aria-valuetext={longDay(day.value)}
          onInput={(event) => go({ on: dayOf(Number(event.currentTarget.value)) }, "quietly")}
          onKeyDown={onKey}
        />
        <Marks total={total} />
      </div>
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
  const text = say(step === 1 ? "explorer.next_day" : "explorer.previous_day");
  return (
    <button
      type="button"
      class="step"
      aria-label={found ? `${text}: ${longDay(found.day)}` : text}
      title={found?.events.map((event) => event.title).join("; ")}
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
        <circle
          key={found.day}
          cx={at(found.day)}
          cy="8"
          r={found.day === day.value ? 5.5 : 3.5}
          class={found.day <= day.value ? "past" : "ahead"}
          onClick={() => go({ on: found.day })}
        >
          <title>{`${longDay(found.day)}: ${found.events.map((event) => event.title).join("; ")}`}</title>
        </circle>
      ))}
      <line x1={at(today)} x2={at(today)} y1="1" y2="16" class="today" />
    </svg>
  );
}
