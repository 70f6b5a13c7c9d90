import type { Door } from "../models/door.ts";
import type { FirstRunDeps } from "../models/first-run.ts";
import { FirstRun } from "./FirstRun.tsx";
import { JoinPage } from "./JoinPage.tsx";
import { PhoneDoorPage } from "./PhoneDoorPage.tsx";
import { ResetView } from "./ResetView.tsx";

export type DoorViewProps = {
  door: Door;
  deps: FirstRunDeps;
  /** Into the console, as whoever the door has made this browser: everything starts anew there. */
  onEntered: () => void;
  /** To the console as whoever one is. */
  onInside: () => void;
};

/** What a door shows. */
export function DoorView({ door, deps, onEntered, onInside }: DoorViewProps) {
  const { call, clock } = deps;
  switch (door.kind) {
    case "first-run":
      return <FirstRun secret={door.secret} deps={deps} onEntered={onEntered} onInside={onInside} />;
    case "join":
      return <JoinPage secret={door.secret} call={call} onEntered={onEntered} />;
    case "reset":
      return <ResetView secret={door.secret} call={call} onEntered={onEntered} />;
    case "phone":
      return <PhoneDoorPage call={call} clock={clock} secret={door.secret} onEntered={onEntered} />;
  }
}
