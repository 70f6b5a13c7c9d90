import type { Desk } from "../models/desk.ts";
import type { ProfileDraft } from "../models/me.ts";
import { languages } from "../text/languages.ts";
import { profileText as text } from "../text/profile.ts";
import { browserZone, clockTime, zoneText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { ZonePicker } from "../ui/ZonePicker.tsx";

/** Time zone, what becomes of the meeting hours, and how dates are written. */
export function PlaceCard({ desk, draft }: { desk: Desk; draft: ProfileDraft }) {
  const { me } = desk;
  const now = desk.ticker.slowNow.value;
  const saved = me.saved.value;
  const isUnconfirmed = saved?.zoneConfirmedAt === null;
  const other = me.otherZone.value;
  const place = (zone: string) => zone.replaceAll("_", " ");
  const hasOwnHours = saved !== null && saved.hoursZone !== draft.zone;
  return (
    <section class="card form">
      <h2>{text.place.title}</h2>
      <div class="field">
        <label for="profile-zone">{text.place.zone}</label>
        <ZonePicker
          id="profile-zone"
          value={draft.zone}
          now={now}
          words={{ search: text.place.search, none: text.place.none, list: text.place.list }}
          onChange={(zone) => me.edit({ zone })}
        />
        {isUnconfirmed && draft.zone === browserZone ? (
          <p class="profile-note">
            <strong>{text.place.guess(place(draft.zone), clockTime(now, draft.zone))}</strong>{" "}
            {text.place.confirm}
          </p>
        ) : other !== null ? (
          <p class="profile-note profile-note-other">
            <span>{text.place.other(place(other), clockTime(now, other))}</span>
            <Button size="small" onClick={() => me.edit({ zone: other })}>
              {text.place.useIt}
            </Button>
          </p>
        ) : (
          <span class="field-hint">{text.place.zoneHint}</span>
        )}
      </div>
      {hasOwnHours && (
        <div class="profile-note">
          <span>{text.place.hours(place(saved.hoursZone))}</span>
          <label class="check">
            <input
              type="checkbox"
              checked={draft.movesHours}
              onChange={(event) => me.edit({ movesHours: event.currentTarget.checked })}
            />
            {text.place.moveHours(zoneText(draft.zone, now))}
          </label>
        </div>
      )}
      <label class="field">
        <span>{text.place.language}</span>
        <select
          class="profile-select"
          value={draft.language}
          onChange={(event) => me.edit({ language: event.currentTarget.value })}
        >
          <option value="en">{text.place.browserLanguage}</option>
          {choices(draft.language).map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </select>
        <span class="field-hint">
          {text.place.languageHint}
          <bdi>{sample(draft.language, now, draft.zone)}</bdi>
        </span>
      </label>
    </section>
  );
}

/** One that was set elsewhere stays choosable. */
function choices(current: string): readonly (readonly [string, string])[] {
  const isKnown = current === "en" || languages.some(([tag]) => tag === current);
  return isKnown ? languages : [[current, current], ...languages];
}

function sample(language: string, now: number, zone: string): string {
  const tag = language === "en" && navigator.language.startsWith("en") ? navigator.language : language;
  return new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
  }).format(now);
}
