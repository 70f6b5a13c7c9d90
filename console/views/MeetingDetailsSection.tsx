import { useEffect } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import type { MeetingDetailsState } from "../models/meeting-details.ts";
import { hasCalendars } from "../models/my-connections.ts";
import { connectionsText } from "../text/connections.ts";
import { Button } from "../ui/Button.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ConnectionCard } from "./ConnectionCard.tsx";
import { ConnectNotice } from "./ConnectNotice.tsx";
import { DetailsInput } from "./DetailsInput.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { MeetingPreview } from "./MeetingPreview.tsx";
import { VideoChoice } from "./VideoChoice.tsx";
import { WaitCard } from "./WaitCard.tsx";

const words = connectionsText.details;
const formId = "meeting-details-form";

/** Says whether the details are saved, and saves them. */
export function MeetingDetailsActions({ details }: { details: MeetingDetailsState }) {
  const isDirty = details.isDirty.value;
  return (
    <div class="save-bar" role="status">
      {isDirty ? (
        <>
          <span class="small">{words.unsaved}</span>
          <Button look="quiet" onClick={() => details.undo()}>
            {words.undo}
          </Button>
        </>
      ) : (
        details.isSaved.value && <span class="small soft">{words.saved}</span>
      )}
      <Button
        look="primary"
        isBusy={details.isSaving.value}
        isDisabled={!isDirty}
        onClick={() => document.querySelector<HTMLFormElement>(`#${formId}`)?.requestSubmit()}
      >
        {words.save}
      </Button>
    </div>
  );
}

/** How guests meet me: a video, a telephone, or both. */
export function MeetingDetailsSection({ desk }: { desk: Desk }) {
  const { connections, details, places, setUp } = desk;
  useEffect(() => void details.load(), [details]);
  useEffect(() => connections.watch(), [connections]);
  useEffect(() => places.guardWith(() => details.isDirty.peek()), [details, places]);
  const isDirty = details.isDirty.value;
  // The browser asks for reloads and closed tabs; the places model for moves inside the console.
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isDirty]);
  const { draft, saved } = details;
  const save = async () => {
    if (await details.save()) {
      void setUp.load();
      void connections.load();
    } else document.querySelector<HTMLElement>(`#${formId} [aria-invalid="true"]`)?.focus();
  };
  const rooms = connections.connections.value.filter(({ provider }) => !hasCalendars(provider));
  const waits = connections.waiting.value.filter(({ provider }) => !hasCalendars(provider));
  return (
    <div class="settings">
      <ConnectNotice desk={desk} isRoom />
      <Problem
        code={details.problem.value}
        onRetry={draft.value ? () => void save() : () => void details.load()}
      />
      {!draft.value && !details.problem.value && <div class="skeleton" aria-busy="true" />}
      {draft.value && saved.value && (
        <>
          <p class="soft small">{words.lead}</p>
          <form
            id={formId}
            class="details"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <VideoChoice desk={desk} />
            <section class="card form">
              <div>
                <h2>{words.phone}</h2>
                <p class="soft small">{words.phoneLead}</p>
              </div>
              <div class="profile-pair profile-pair-phone">
                <DetailsInput
                  details={details}
                  name="phone"
                  label={words.phoneNumber}
                  hint={words.phoneHint}
                  most={limits.phoneChars}
                  inputMode="tel"
                />
                <DetailsInput
                  details={details}
                  name="phoneExtension"
                  label={words.extension}
                  most={limits.phoneExtensionChars}
                  inputMode="tel"
                />
              </div>
            </section>
          </form>
          <MeetingPreview details={draft.value} />
          {waits.map((wait) => (
            <WaitCard key={wait.provider} desk={desk} wait={wait} returnTo="/console/me/meeting-details" />
          ))}
          {rooms.length > 0 && <h2 class="details-accounts">{words.accounts}</h2>}
          {rooms.map((connection) => (
            <ConnectionCard
              key={connection.id}
              desk={desk}
              connection={connection}
              returnTo="/console/me/meeting-details"
              onGone={() => void details.load()}
            />
          ))}
        </>
      )}
      <LeaveDialog places={places} words={words.guard} onLeave={() => details.undo()} />
    </div>
  );
}
