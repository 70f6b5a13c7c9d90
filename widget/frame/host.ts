import type { FrameToPage, PageToFrame } from "../../shared/protocol/frame-messages.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";

export type Bare<M> = M extends { foyer: 1 } ? Omit<M, "foyer"> : never;

/** What stands beside the launcher while the panel is closed. `face` is an address or a data address. */
export type Teaser = { name: string; title: string; text: string; face: string | null };

/** The world around the chat app: the frame on a customer's page, or a page of our own. */
export interface FrameHost {
  readonly siteKey: string;
  readonly look: SiteLook;
  /** A page of our own: nothing to close, nobody to tell. */
  readonly isWholePage: boolean;
  /** The visitor's secret; waits until there is one. With `refused`, that one is given up for a new one. */
  credential(refused?: string): Promise<string>;
  readonly kept: Kept;
  post(message: Bare<FrameToPage>): void;
  /** One listener; it first hears what was said before it came. */
  listen(listener: (message: PageToFrame) => void): void;
  tease(teaser: Teaser | null): void;
}

/** Strings in storage that the browser partitions by the embedding site; null where there is none, or no storage at all. */
export type Kept = {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
};

/** The chat app's module. */
export type FrameApp = { start(host: FrameHost): void };
