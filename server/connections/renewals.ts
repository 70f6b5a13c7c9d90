import type { ConnectionId } from "../../shared/model/ids.ts";

/** Lets the requests of this process share one renewal for each account, and keeps a slow provider from taking every database link. */
export interface Renewals {
  share<T>(id: ConnectionId, renew: () => Promise<T>): Promise<T>;
}

/** Each holds a database link, with a row locked, while the provider is asked. */
const atATime = 3;

export function createRenewals(): Renewals {
  const underWay = new Map<ConnectionId, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  return {
    share<T>(id: ConnectionId, renew: () => Promise<T>) {
      const found = underWay.get(id) as Promise<T> | undefined; // Always the same kind of work.
      if (found !== undefined) return found;
      const begun = inTurn(renew).finally(() => underWay.delete(id));
      underWay.set(id, begun);
      return begun;
    },
  };
}
