import type { Door } from "../models/door.ts";
import type { ApiCall } from "../ports.ts";

export type DoorViewProps = {
  door: Door;
  call: ApiCall;
  /** Into the console, as whoever the door has made this browser: everything starts anew there. */
  onEntered: () => void;
};

/** What a door shows. */
export function DoorView({ door }: DoorViewProps) {
  switch (door.kind) {
    default:
      return null;
  }
}
