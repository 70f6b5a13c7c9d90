import { randomUUID } from "node:crypto";
import { type Request, type RequestHandler, Router } from "express";
import type { MemberId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import { type PhotoCrop, photoCropSchema } from "../../../shared/protocol/profile-routes.ts";
import { AppError, toRefusal } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { sendRefusal } from "../../web/handle-request.ts";
import { createRateLimiter } from "../../web/rate-limit.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import type { MemberAccess } from "../session.ts";
import type { PhotoStudio } from "./photo-studio.ts";
import { readBody } from "./read-body.ts";
import { type ProfileDeps, saveProfile } from "./save-profile.ts";
import { removePhoto, setPhoto } from "./set-photo.ts";
import { showProfile } from "./show-profile.ts";

export function profileRoutes(deps: ProfileDeps) {
  return defineConsoleRoutes({
    "GET /api/me/profile": {
      handle: async ({ member }) => ({ profile: await showProfile(deps.db, member) }),
    },
    "PUT /api/me/profile": {
      limit: { points: 60, seconds: 60 },
      handle: async ({ member }, input) => ({ profile: await saveProfile(deps, member, input) }),
    },
    "POST /api/me/photo/remove": {
      limit: { points: 30, seconds: 60 },
      async handle({ member }) {
        await removePhoto(deps, member);
        return { profile: await showProfile(deps.db, member) };
      },
    },
  });
}

type PhotoRouteDeps = ProfileDeps & {
  studio: PhotoStudio;
  log: Log;
  requireOwnOrigin: RequestHandler;
  memberOfCookies(cookies: string | undefined): Promise<MemberAccess | null>;
};

/** Uploads of one member within ten minutes. */
const uploadsOfOne = { points: 30, seconds: 600 };
/** 10 MiB at 4 Mbit/s. */
const bodyDeadlineMs = 20_000;

/** `POST /api/me/photo`: the file is the body. Stands before the parser of JSON, which would refuse it. */
export function photoRoutes(deps: PhotoRouteDeps): Router {
  const router = Router();
  const limiter = createRateLimiter(uploadsOfOne);
  /** Those who are sending one now: one at a time each, so that nobody's slow line is in another's way. */
  const sending = new Set<MemberId>();

  async function upload(request: Request): Promise<object> {
    const member = await deps.memberOfCookies(request.headers.cookie);
    if (member === null) throw new AppError("unauthenticated");
    if (sending.has(member.memberId)) throw new AppError("too_many", { retryAfterMs: 2_000 });
    sending.add(member.memberId);
    try {
      await takeUpload(request, member);
    } finally {
      sending.delete(member.memberId);
    }
    return { profile: await showProfile(deps.db, member) };
  }

  async function takeUpload(request: Request, member: MemberAccess): Promise<void> {
    await limiter.take(member.memberId);
    // A form of another site can send neither type.
    if (!/^image\/(jpeg|png)$/i.test(request.headers["content-type"] ?? ""))
      throw new AppError("photo_refused", { photo: "not_a_photo" });
    const crop = cropOf(request);
    const bytes = await readBody(request, { mostBytes: limits.photoBytes, deadlineMs: bodyDeadlineMs });
    // Only here one waits for others: the studio draws one after the other, and says when too many wait.
    const set = await setPhoto(deps, member, { bytes, crop });
    if (set.outcome === "refused") throw new AppError("photo_refused", { photo: set.problem });
  }

  router.post("/api/me/photo", deps.requireOwnOrigin, async (request, response) => {
    response.set("Cache-Control", "no-store");
    try {
      response.json({ ok: true, ...(await upload(request)) });
    } catch (error) {
      sendRefusal(
        response,
        toRefusal(error, { requestId: randomUUID(), route: "POST /api/me/photo" }, deps.log),
      );
    }
  });
  return router;
}

function cropOf(request: Request): PhotoCrop | null {
  const crop = photoCropSchema.safeParse(request.query);
  if (!crop.success) throw new AppError("invalid_input", { field: "crop" });
  return crop.data;
}
