import { useEffect, useRef } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { connectionsText } from "../text/connections.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** How the way through a provider ended that led back here. */
export function ConnectNotice({ desk, isRoom = false }: { desk: Desk; isRoom?: boolean }) {
  const { connections } = desk;
  const box = useRef<HTMLDivElement>(null);
  const outcome = connections.outcome.value;
  useEffect(() => {
    if (outcome) box.current?.focus();
  }, [outcome]);
  // It is about a way that has ended: on another page it means nothing.
  useEffect(() => () => connections.closeOutcome(), [connections]);
  if (!outcome) return null;
  const isGood = outcome === "connected";
  const [title, words] = isGood && isRoom ? connectionsText.roomConnected : connectionsText.outcomes[outcome];
  return (
    <div
      ref={box}
      class={isGood ? "connect-notice connect-notice-good" : "connect-notice"}
      role={isGood ? "status" : "alert"}
      tabIndex={-1}
    >
      <Icon name={isGood ? "check" : "warning"} />
      <p>
        <strong>{title}</strong> {words}
      </p>
      <Button
        look="quiet"
        size="small"
        icon="close"
        label={text.common.close}
        onClick={() => connections.closeOutcome()}
      />
    </div>
  );
}
