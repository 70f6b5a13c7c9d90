import type { MeetingDetails } from "../../shared/model/meetings.ts";
import { connectionsText } from "../text/connections.ts";
import { Icon } from "../ui/Icon.tsx";

const words = connectionsText.details.preview;

/** What stands in the invitation, in a sentence or two; it follows as one types. */
export function MeetingPreview({ details }: { details: MeetingDetails }) {
  const url = details.linkUrl.trim();
  const phone = details.phone.trim();
  const video =
    details.video === "link"
      ? url
        ? words.link(url)
        : words.linkMissing
      : details.video && words[details.video];
  return (
    <section class="details-preview" aria-live="polite">
      <h2>{words.title}</h2>
      {video && (
        <p>
          <Icon name="meetings" size={16} /> <span dir="auto">{video}</span>
        </p>
      )}
      {phone && (
        <p>
          <Icon name="phone" size={16} />
          <span>
            {video && `${words.and} `}
            {words.phone(phone, details.phoneExtension.trim())}
          </span>
        </p>
      )}
      {!video && !phone && (
        <p>
          <Icon name="warning" size={16} /> <span>{words.nothing}</span>
        </p>
      )}
    </section>
  );
}
