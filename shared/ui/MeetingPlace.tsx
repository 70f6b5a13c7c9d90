import type { MeetingPlace as Place } from "../model/meetings.ts";
import type { MeetingWords } from "./booker-props.ts";

/** Where the guest comes to: a button into the room, a number, or that the room is still being made. */
export function MeetingPlace({ place, words }: { place: Place | null; words: MeetingWords }) {
  if (!place) return null;
  const { kind, state, joinUrl, passcode, phone, phoneExtension } = place;
  // The address came from a member or a provider: nothing but a page may be opened by it.
  const url = joinUrl && /^https?:/i.test(joinUrl) ? joinUrl : null;
  return (
    <div class="fy-place">
      {state !== "ready" && (
        <p class="fy-soft">{state === "pending" ? words.roomPending : words.roomFailed}</p>
      )}
      {url && kind !== "phone" && kind !== "none" && (
        <a class="fy-button" href={url} target="_blank" rel="noopener noreferrer">
          {words.join[kind]}
        </a>
      )}
      {url && passcode && <p class="fy-soft">{words.passcode(passcode)}</p>}
      {phone && (
        <p>
          {words.call}{" "}
          <a href={`tel:${phone}${phoneExtension ? `,${phoneExtension}` : ""}`}>
            <bdi>{phone}</bdi>
          </a>
          {phoneExtension && `, ${words.extension(phoneExtension)}`}
        </p>
      )}
    </div>
  );
}
