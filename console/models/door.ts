/** The pages for people who are not signed in yet, by the first part of their address. */
const kinds = ["join", "reset", "first-run", "phone"] as const;

/**
 * A way into the console that a link opened. The secret stands behind `#`, which browsers send to no server and put
 * into no referrer; it stays in the address bar, so that a reload comes back to the same page, until it has been used.
 */
export type Door = { kind: (typeof kinds)[number]; secret: string };

/** `path` and `hash` as in `location`: `/console/join`, `#SECRET`. Null: no door, but the console itself. */
export function doorOf(path: string, hash: string): Door | null {
  const kind = kinds.find((each) => path === `/console/${each}`);
  return kind === undefined ? null : { kind, secret: hash.slice(1) };
}
