import type { ClientId, Instant, ZoneName } from "../shared/model/ids.ts";
import type {
  ConsoleRoute,
  ConsoleRouteAnswers,
  ConsoleRouteInput,
} from "../shared/protocol/console-routes.ts";
import type { Answer, ErrorCode } from "../shared/protocol/errors.ts";
import type { PhotoCrop } from "../shared/protocol/profile-routes.ts";
import type { RepAsks, RepNews, RepTells } from "../shared/protocol/rep-events.ts";

// What the models need from the world. The program passes the real parts, tests and the gallery pass fakes.

export type LinkState = { kind: "down" } | { kind: "up" } | { kind: "refused"; code: ErrorCode };

/** The console's link to `/rep`. */
export interface RepLink {
  /**
   * Never rejects. Without a link, or without an answer in time, it resolves to `unavailable`: it may have happened or
   * not. A question without an answer also makes the link renew itself: stock sockets notice a half-open link late.
   */
  ask<E extends keyof RepAsks>(event: E, input: RepAsks[E]["input"]): Promise<Answer<RepAsks[E]["answer"]>>;
  /** Volatile: lost while the link is down. */
  tell<E extends keyof RepTells>(event: E, input: RepTells[E]): void;
  /** Returns the way to stop listening. */
  onNews<E extends keyof RepNews>(event: E, listen: (news: RepNews[E]) => void): () => void;
  onState(listen: (state: LinkState) => void): () => void;
  open(): void;
  /** Drops the link and opens a new one at once. */
  renew(): void;
  close(): void;
}

/** One HTTP question; `id` fills the `:id` of the route. Never rejects; no network means `unavailable`. */
export type ApiCall = <R extends ConsoleRoute>(
  route: R,
  input: ConsoleRouteInput<R>,
  id?: string,
) => Promise<Answer<ConsoleRouteAnswers[R]>>;

/** A picture on its way to the server, which keeps the square. Never rejects. */
export type PhotoUpload = (
  file: Blob,
  crop: PhotoCrop,
) => Promise<Answer<ConsoleRouteAnswers["POST /api/me/photo/remove"]>>;

/** What the browser tells of its person. */
export type OwnBrowser = { zone: ZoneName };

export interface Clock {
  now(): Instant;
  /** Runs once after so many milliseconds, unless the returned function was called before. */
  after(delayMs: number, run: () => void): () => void;
}

/** Small texts kept over a reload of this browser. */
export interface Shelf {
  read(key: string): string | null;
  write(key: string, value: string): void;
  drop(key: string): void;
  keys(): string[];
}

export interface Chance {
  clientId(): ClientId;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}

/** The address bar. */
export interface AddressBar {
  path(): string;
  push(path: string): void;
  replace(path: string): void;
  /** Back and forward. Returns the way to stop listening. */
  onMove(listen: (path: string) => void): () => void;
}

/** What calls a rep who looks elsewhere. */
export interface Alarm {
  /** One ring; false when the browser keeps sound back until the person has clicked somewhere. */
  ring(): boolean;
  /** One soft stroke: new words while the rep looks elsewhere. */
  chime(): void;
  /** To be called from a click: asks the browser to let sound through. */
  allowSound(): Promise<boolean>;
  setTitle(title: string | null): void;
  notificationPermission(): "granted" | "denied" | "default" | "unsupported";
  askNotificationPermission(): Promise<void>;
  /** A click on it brings the console to the front. Returns the way to take it back. */
  notify(title: string, body: string, tag: string): () => void;
}

/** Whether the person can see this page now. */
export interface Attention {
  isHere(): boolean;
  onChange(listen: (isHere: boolean) => void): () => void;
}
