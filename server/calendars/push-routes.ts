import { timingSafeEqual } from "node:crypto";
import express, { type RequestHandler, type Response, Router } from "express";
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import { isLoopback, networkOf } from "../web/networks.ts";
import { createRateLimiter } from "../web/rate-limit.ts";
import { watchHash } from "./watch-calendar.ts";
import { forgetWatch, makeDue, toldWatches } from "./watch-store.ts";

type PushDeps = { db: Kysely<Database>; log: Log };

/** A provider calls for all of its customers from few addresses; whoever guesses at channels gets nowhere within it. */
const callsPerNetwork = { points: 1_200, seconds: 60 };
const mostBytes = 262_144;
const mostTokenChars = 2_048;

const uuid = z.uuid();
const graphCall = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().max(200),
        clientState: z.string().max(200).nullish(),
        lifecycleEvent: z.string().max(100).nullish(),
      }),
    )
    .max(1_000),
});

/**
 * Where providers tell that a calendar changed: never what. It makes the calendar due, and a worker reads it. A call that we cannot
 * place is answered `not_found`, whatever was wrong with it, and so a channel of which we do not know any more ends.
 */
export function pushRoutes(deps: PushDeps): Router {
  const { db } = deps;
  const calls = createRateLimiter(callsPerNetwork);
  const router = Router();

  router.post(
    "/connect/push/google",
    handler(deps, async (request, response) => {
      const watchId = uuid.safeParse(request.get("x-goog-channel-id"));
      const token = request.get("x-goog-channel-token") ?? "";
      const found = watchId.success ? await toldWatches(db, "google", { watchId: watchId.data }) : [];
      const ours = found.filter(({ hash }) => isSecret(hash, token));
      if (ours.length === 0) throw new AppError("not_found");
      // The first call of a channel only says that it works.
      if (request.get("x-goog-resource-state") !== "sync")
        await makeDue(
          db,
          ours.map(({ id }) => id),
        );
      response.status(204).end();
    }),
  );

  router.post(
    "/connect/push/microsoft",
    express.json({ limit: mostBytes, inflate: false, type: "application/json" }),
    handler(deps, async (request, response) => {
      const { validationToken } = request.query;
      // Asked when a channel is made, before we know of it. As plain text, and `nosniff` stands on every answer.
      if (typeof validationToken === "string" && validationToken.length <= mostTokenChars) {
        response.status(200).type("text/plain").send(validationToken);
        return;
      }
      const told = graphCall.safeParse(request.body);
      if (!told.success) throw new AppError("not_found");
      const { value } = told.data;
      const refs = value.map(({ subscriptionId }) => subscriptionId);
      const found = await toldWatches(db, "microsoft", { refs });
      const ours = found.flatMap((watch) => {
        const call = value.find(({ subscriptionId }) => subscriptionId === watch.ref);
        return isSecret(watch.hash, call?.clientState ?? "")
          ? [{ ...watch, event: call?.lifecycleEvent }]
          : [];
      });
      if (ours.length === 0) throw new AppError("not_found");
      // The channel ended, or is about to: the next reading makes another. What was missed is found by reading.
      for (const { workspaceId, id, watchId, event } of ours)
        if (event === "subscriptionRemoved" || event === "reauthorizationRequired")
          await forgetWatch(db, { workspaceId, id }, watchId);
      await makeDue(
        db,
        ours.map(({ id }) => id),
      );
      response.status(202).end();
    }),
  );

  return router;

  function handler(
    { log }: PushDeps,
    answer: (request: express.Request, response: Response) => Promise<void>,
  ): RequestHandler {
    return (request, response, next) => {
      response.setHeader("Cache-Control", "no-store");
      const network = networkOf(request.ip);
      (isLoopback(network) ? Promise.resolve() : calls.take(network))
        .then(() => answer(request, response))
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) log.warn({ err: error }, "a call of a provider failed");
          next(error);
        });
    };
  }
}

function isSecret(hash: Buffer, secret: string): boolean {
  const given = watchHash(secret);
  return given.length === hash.length && timingSafeEqual(given, hash);
}
