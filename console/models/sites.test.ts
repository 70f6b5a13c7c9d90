import { expect, it } from "vitest";
import type { SiteId } from "../../shared/model/ids.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeClock } from "./fake-clock.ts";
import { SitesModel } from "./sites.ts";

const shop: SiteView = {
  id: "0190f000-0000-7000-8000-000000000001" as SiteId,
  name: "Shop",
  publicKey: "key",
  origins: ["https://shop.example"],
  look: { color: "#112233", position: "right", companyName: "Shop Ltd" },
  greeting: null,
  teamId: null,
  seen: null,
  refused: null,
};

it("looks every two seconds while watched, and no more afterwards", async () => {
  const clock = createFakeClock(0);
  let asked = 0;
  const call = (async () => {
    asked++;
    const seen = asked < 3 ? null : { at: 5, origin: "https://shop.example", path: "/pricing" };
    return { ok: true, sites: [{ ...shop, seen }], scriptUrl: "https://chat.example/widget.js", now: 0 };
  }) as unknown as ApiCall;
  const model = new SitesModel(call, clock);
  const stop = model.watch();
  await clock.advance(0);
  expect(model.sites.value?.[0]?.seen).toBe(null);
  await clock.advance(4_000);
  expect(model.sites.value?.[0]?.seen?.path).toBe("/pricing");
  stop();
  await clock.advance(60_000);
  expect(asked).toBe(3);
});

it("adds where the tag was refused, and an answer from before does not bring it back", async () => {
  const refused = { at: 1, origin: "http://localhost:8080" };
  let answerLook: () => void = () => undefined;
  const asked: unknown[] = [];
  const call = (async (route: string, input: { origins?: string[] }) => {
    asked.push([route, input.origins]);
    if (route === "GET /api/sites") {
      await new Promise<void>((resolve) => {
        answerLook = resolve;
      });
      return { ok: true, sites: [{ ...shop, refused }], scriptUrl: "", now: 0 };
    }
    return { ok: true, site: { ...shop, origins: input.origins, refused: null }, scriptUrl: "" };
  }) as unknown as ApiCall;
  const model = new SitesModel(call, createFakeClock(0));
  model.put({ ...shop, refused }, "");
  const looking = model.load();
  await model.allow({ ...shop, refused }, refused.origin);
  answerLook();
  await looking;
  expect(asked.at(-1)).toEqual(["PUT /api/sites/:id", ["https://shop.example", "http://localhost:8080"]]);
  expect(model.sites.value?.[0]).toMatchObject({ refused: null, origins: [shop.origins[0], refused.origin] });
  expect(model.allowed.value).toBe(refused.origin);
});
