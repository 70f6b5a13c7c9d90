import type { VisitId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";

/** A visitor who is here but has no link: this entry is all that one costs. */
export type LiveVisitor = {
  readonly visitId: VisitId;
  readonly workspaceId: WorkspaceId;
  /** The public key of the site that its credential is bound to. */
  readonly siteKey: string;
  /** The first half of the secret's hash; enough to know the credential again without asking the database. */
  readonly digest: string;
  seenAtMs: number;
  unread: number;
  /** The frame shall open its socket at its next beat. */
  connect: boolean;
};

/** Visitors who beat in this process, by id. What is not here is in the database: nothing is lost with the process. */
export type LiveVisitors = {
  get(id: VisitorId): LiveVisitor | undefined;
  set(id: VisitorId, visitor: LiveVisitor): void;
  /** Notes a sign of life, to be saved with the next flush. */
  beat(id: VisitorId, nowMs: number): void;
  leave(id: VisitorId): void;
  /** Takes what has to be saved, and forgets who has been silent for long. */
  drain(nowMs: number): { here: [VisitorId, LiveVisitor][]; gone: LiveVisitor[] };
  size(): number;
};

const forgetAfterMs = 120_000;

export function createLiveVisitors(): LiveVisitors {
  const visitors = new Map<VisitorId, LiveVisitor>();
  const beaten = new Set<VisitorId>();
  const left = new Map<VisitorId, LiveVisitor>();
  let sweptAtMs = 0;

  return {
    get: (id) => visitors.get(id),
    set(id, visitor) {
      visitors.set(id, visitor);
      left.delete(id);
    },
    beat(id, nowMs) {
      const visitor = visitors.get(id);
      if (visitor === undefined) return;
      visitor.seenAtMs = nowMs;
      beaten.add(id);
      left.delete(id);
    },
    leave(id) {
      const visitor = visitors.get(id);
      if (visitor === undefined) return;
      beaten.delete(id);
      left.set(id, visitor);
    },
    drain(nowMs) {
      const here: [VisitorId, LiveVisitor][] = [];
      for (const id of beaten) {
        const visitor = visitors.get(id);
        if (visitor !== undefined) here.push([id, visitor]);
      }
      beaten.clear();
      const gone = [...left.values()];
      left.clear();
      if (nowMs - sweptAtMs > 30_000) {
        sweptAtMs = nowMs;
        for (const [id, visitor] of visitors)
          if (nowMs - visitor.seenAtMs > forgetAfterMs) visitors.delete(id);
      }
      return { here, gone };
    },
    size: () => visitors.size,
  };
}
