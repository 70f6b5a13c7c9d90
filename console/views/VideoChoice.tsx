import type { ComponentChildren } from "preact";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import { connectionsText } from "../text/connections.ts";
import { Button } from "../ui/Button.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";
import { SetUpFirst } from "./ConnectChoices.tsx";
import { DetailsInput } from "./DetailsInput.tsx";
import { WaitBegin } from "./WaitCard.tsx";

const words = connectionsText.details;
type Video = NonNullable<MeetingDetails["video"]>;

/** The rooms to choose from; one that cannot be had says why, and where to get it. */
export function VideoChoice({ desk }: { desk: Desk }) {
  const { details } = desk;
  const saved = details.saved.value;
  const chosen = details.draft.value?.video ?? null;
  if (!saved) return null;
  const isThere: Record<Video, boolean> = {
    zoom: saved.canZoom,
    teams: saved.canTeams,
    meet: saved.canMeet,
    link: true,
  };
  const refused = details.refused.value;
  const isRefused = refused?.field === "video";
  const rows: readonly Video[] = ["meet", "teams", "zoom", "link"];
  return (
    <section class="card">
      <fieldset class="videos" aria-describedby={isRefused ? "details-video-problem" : undefined}>
        <legend>{words.video}</legend>
        {rows.map((video) => (
          <VideoRow key={video} desk={desk} video={video} isThere={isThere[video]} />
        ))}
        <div class={chosen === null ? "video video-chosen" : "video"}>
          <label class="video-label">
            <input
              type="radio"
              name="details-video"
              checked={chosen === null}
              onChange={() => details.edit({ video: null })}
            />
            <span class="connect-words">
              <span class="strong">{words.videoNone.title}</span>
              <span class="soft small">{words.videoNone.hint}</span>
            </span>
          </label>
        </div>
        {isRefused && (
          <p class="field-problem" id="details-video-problem" role="alert">
            {refused.reason ? words.problems[refused.reason] : words.fieldProblem}
          </p>
        )}
      </fieldset>
    </section>
  );
}

function VideoRow({ desk, video, isThere }: { desk: Desk; video: Video; isThere: boolean }) {
  const { details } = desk;
  const isChosen = details.draft.value?.video === video;
  const { title, hint } = words[video];
  return (
    <div class={isChosen ? "video video-chosen" : isThere ? "video" : "video video-closed"}>
      <label class="video-label">
        <input
          type="radio"
          name="details-video"
          checked={isChosen}
          disabled={!isThere && !isChosen}
          onChange={() => details.edit({ video })}
        />
        <ProviderMark of={video} size={34} />
        <span class="connect-words">
          <span class="strong">{title}</span>
          <span class="soft small">{hint}</span>
        </span>
      </label>
      {!isThere && (
        <div class="video-why">
          {isChosen && <p class="video-stopped small">{words.stopped(title)}</p>}
          <Why desk={desk} video={video} />
        </div>
      )}
      {video === "link" && isChosen && (
        <div class="video-link">
          <DetailsInput
            details={details}
            name="linkUrl"
            label={words.linkUrl}
            hint={words.linkHint}
            placeholder={words.linkPlaceholder}
            most={limits.urlChars}
            inputMode="url"
          />
        </div>
      )}
    </div>
  );
}

/** Why a room cannot be had yet, with the way to it. */
function Why({ desk, video }: { desk: Desk; video: Video }): ComponentChildren {
  const { connections, places } = desk;
  if (video === "meet") {
    return (
      <>
        <span class="soft small">{words.meetFirst}</span>
        <Button
          size="small"
          onClick={() => places.go({ page: "me", conversationId: null, section: "calendars" })}
        >
          {words.toCalendars}
        </Button>
      </>
    );
  }
  if (video === "link") return null;
  const app = video === "zoom" ? "zoom" : "microsoft";
  if (!connections.isSetUp(app)) return <SetUpFirst desk={desk} provider={app} />;
  const known = connections.connections.value.find(({ provider }) => provider === video);
  const isWaiting = connections.waiting.value.some(({ provider }) => provider === video);
  if (isWaiting || (known && known.problem !== null)) return <span class="soft small">{words.seeBelow}</span>;
  return (
    <>
      <span class="soft small">
        {video === "teams" ? words.teamsFirst : words.connectFirst(words[video].title)}
      </span>
      <Button
        size="small"
        isBusy={connections.busy.value === (known?.id ?? video)}
        onClick={() => void connections.begin(video, known?.id ?? null, "/console/me/meeting-details")}
      >
        {known ? connectionsText.actions.again : words.connect(words[video].title)}
      </Button>
      <WaitBegin desk={desk} provider={video} />
    </>
  );
}
