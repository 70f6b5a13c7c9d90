import type { Connection } from "../models/connection.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Says when what is on the screen may be old, and what happens next. */
export function LinkBanner({ connection }: { connection: Connection }) {
  const state = connection.state.value;
  return (
    <div role="status" class="banner-place">
      {state === "lost" && (
        <div class="banner">
          <Icon name="warning" />
          <span>{text.link.lost}</span>
          <Button size="small" onClick={() => connection.retry()}>
            {text.link.retry}
          </Button>
        </div>
      )}
      {state === "outdated" && (
        <div class="banner">
          <Icon name="warning" />
          <span>{text.link.outdated}</span>
          <Button size="small" look="primary" onClick={() => location.reload()}>
            {text.link.reload}
          </Button>
        </div>
      )}
    </div>
  );
}
