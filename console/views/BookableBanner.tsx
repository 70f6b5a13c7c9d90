import type { UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import type { Desk } from "../models/desk.ts";
import type { Place } from "../models/place.ts";
import { connectionsText } from "../text/connections.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

const words = connectionsText.banner;

/** What has a banner of its own, or is somebody's own choice, is not said here. */
const unsaid: readonly UnbookableReason[] = ["not_ready", "no_hours", "no_place"];

/** Says that guests cannot book me, why, and where that is mended. */
export function BookableBanner({ desk }: { desk: Desk }) {
  const reasons = desk.connections.reasons.value.filter((reason) => !unsaid.includes(reason));
  if (reasons.length === 0) return null;
  const there: Place = { page: "me", conversationId: null, section: "calendars" };
  return (
    <div class="banner" role="status">
      <Icon name="warning" />
      <span>
        {words.lead} {reasons.map((reason) => connectionsText.reasons[reason]).join(", ")}.
      </span>
      <Button size="small" onClick={() => desk.places.go(there)}>
        {words.mend}
      </Button>
    </div>
  );
}
