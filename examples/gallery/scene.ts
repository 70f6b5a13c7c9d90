import type { FakeLink } from "../../console/models/fake-link.ts";
import type { ConnectOutcome } from "../../shared/protocol/connection-routes.ts";
import type { World } from "./console-world.ts";

export type Scene = {
  path: string;
  /** How a way to an outside account ended that led here. */
  connectOutcome?: ConnectOutcome;
  /** Before the console starts. */
  change?: (world: World, now: number) => void;
  /** A moment after it has started. */
  afterwards?: (link: FakeLink, now: number) => void;
  /** Pressed once it stands. */
  click?: string;
  /** Typed into a field once it stands. */
  type?: { into: string; words: string };
  /** From right to left. */
  isRtl?: boolean;
};
