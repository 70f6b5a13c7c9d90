import type { Door } from "../models/door.ts";
import type { ApiCall, Clock } from "../ports.ts";
import { FirstRun } from "./FirstRun.tsx";
import { JoinPage } from "./JoinPage.tsx";
import { PhoneDoorPage } from "./PhoneDoorPage.tsx";
import { ResetView } from "./ResetView.tsx";

export type DoorViewProps = {
  door: Door;
  call: ApiCall;
  clock: Clock;
  /** Into the console, as whoever the door has made this browser: everything starts anew there. */
  onEntered: () => void;
};

/** What a door shows. */
export function DoorView({ door, call, clock, onEntered }: DoorViewProps) {
  switch (door.kind) {
    case "first-run":
      return <FirstRun secret={door.secret} call={call} clock={clock} onEntered={onEntered} />;
    case "join":
      return <JoinPage secret={door.secret} call={call} onEntered={onEntered} />;
    case "reset":
      return <ResetView secret={door.secret} call={call} onEntered={onEntered} />;
    case "phone":
      return <PhoneDoorPage call={call} clock={clock} secret={door.secret} onEntered={onEntered} />;
  }
}
