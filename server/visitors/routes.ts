import { randomUUID } from "node:crypto";
import { json, type RequestHandler, Router } from "express";
import { beaconSchema } from "../../shared/protocol/beacon.ts";
import { errorStatus } from "../../shared/protocol/errors.ts";
import { AppError, toRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import { defineVisitorRoutes } from "../web/route.ts";
import { type BeaconDeps, recordBeacon } from "./record-beacon.ts";
import { resumeVisitor } from "./resume-visitor.ts";

/** `POST /visitor/beacon`, from our own frame only. */
export function beaconRoutes(deps: BeaconDeps & { log: Log; requireOwnOrigin: RequestHandler }): Router {
  const router = Router();
  router.post(
    "/visitor/beacon",
    deps.requireOwnOrigin,
    // sendBeacon cannot always set a content type. Long addresses come whole and are cut here.
    json({ limit: 32_768, type: () => true }),
    async (request, response) => {
      response.set("Cache-Control", "no-store");
      const beacon = beaconSchema.safeParse(request.body);
      try {
        if (!beacon.success) {
          throw new AppError("invalid_input", { field: beacon.error.issues[0]?.path.join(".") ?? "" });
        }
        const userAgent = request.get("user-agent") ?? "";
        response.json(await recordBeacon(deps, beacon.data, { userAgent, address: request.ip ?? "" }));
      } catch (error) {
        const refusal = toRefusal(
          error,
          { requestId: randomUUID(), route: "POST /visitor/beacon" },
          deps.log,
        );
        response.status(errorStatus[refusal.code]).json(refusal);
      }
    },
  );
  return router;
}

/** `POST /visitor/resume`: from a mailed link back into the conversation. */
export function resumeRoutes(deps: Parameters<typeof resumeVisitor>[0]) {
  return defineVisitorRoutes({
    "POST /visitor/resume": {
      limit: { points: 30, seconds: 60 },
      handle: (_context, { token }) => resumeVisitor(deps, token),
    },
  });
}
