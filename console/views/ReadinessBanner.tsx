import type { Desk } from "../models/desk.ts";
import { setUpText as text } from "../text/set-up.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Says why no visitor is sent here yet, and where that is mended. */
export function ReadinessBanner({ desk }: { desk: Desk }) {
  const state = desk.setUp.state.value;
  if (!state || state.isReady) return null;
  const lead = state.role === "meetings_only" ? text.notReady.meetings : text.notReady.chatting;
  return (
    <div class="banner" role="status">
      <Icon name="warning" />
      <span>
        {lead} {state.reasons.map((reason) => text.reasons[reason]).join(", ")}.
      </span>
      <Button size="small" onClick={() => desk.places.go({ page: "setup", conversationId: null })}>
        {text.finish}
      </Button>
    </div>
  );
}
