import { expect, test } from "vitest";
import { type MeetingDetails, noMeetingDetails } from "../../shared/model/meetings.ts";
import type { Refusal } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";
import { settle } from "./fake-clock.ts";
import { MeetingDetailsModel } from "./meeting-details.ts";

async function setUp(refusal: Omit<Refusal, "ok"> | null = null) {
  const server = { details: noMeetingDetails, release: () => undefined as undefined, isHeld: false };
  const call = (async (route: string, input: MeetingDetails) => {
    if (route.startsWith("PUT")) {
      if (server.isHeld) {
        await new Promise<void>((resolve) => {
          server.release = () => void resolve();
        });
      }
      if (refusal) return { ok: false, ...refusal };
      // As the server writes it.
      server.details = { ...input, phone: input.phone.replaceAll(" ", "") };
    }
    return { ok: true, details: server.details, canMeet: true, canTeams: false, canZoom: false };
  }) as ApiCall;
  const model = new MeetingDetailsModel(call);
  await model.load();
  return { model, server };
}

test("details are unsaved from the first change until they are saved or undone", async () => {
  const { model } = await setUp();
  expect(model.isDirty.value).toBe(false);
  model.edit({ video: "meet" });
  expect(model.isDirty.value).toBe(true);
  model.undo();
  expect(model.isDirty.value).toBe(false);
  model.edit({ phone: "+44 20 7946 0000" });
  expect(await model.save()).toBe(true);
  expect([model.isDirty.value, model.isSaved.value]).toEqual([false, true]);
  expect(model.draft.value?.phone).toBe("+442079460000");
});

test("a scheduler's address is refused at its field, until it is changed", async () => {
  const { model } = await setUp({ code: "invalid_input", field: "linkUrl", reason: "scheduler" });
  model.edit({ video: "link", linkUrl: "https://calendly.com/zoe" });
  expect(await model.save()).toBe(false);
  expect(model.refused.value).toEqual({ field: "linkUrl", reason: "scheduler" });
  expect(model.problem.value).toBeNull();
  model.edit({ phone: "1" });
  expect(model.refused.value).not.toBeNull();
  model.edit({ linkUrl: "https://meet.example/zoe" });
  expect(model.refused.value).toBeNull();
});

test("a link that was refused does not keep another way from being saved", async () => {
  const { model, server } = await setUp();
  model.edit({ video: "link", linkUrl: "https://calendly.com/zoe" });
  model.edit({ video: "meet" });
  expect(await model.save()).toBe(true);
  expect(server.details).toMatchObject({ video: "meet", linkUrl: "" });
  expect(model.draft.value?.linkUrl).toBe("");
});

test("a server that cannot be reached is no field's fault, and nothing typed is lost", async () => {
  const { model } = await setUp({ code: "unavailable" });
  model.edit({ video: "meet" });
  expect(await model.save()).toBe(false);
  expect([model.problem.value, model.refused.value]).toEqual(["unavailable", null]);
  expect(model.draft.value?.video).toBe("meet");
});

test("what is typed while saving, or while loading again, stays a draft", async () => {
  const { model, server } = await setUp();
  server.isHeld = true;
  model.edit({ video: "meet" });
  const saving = model.save();
  await settle();
  model.edit({ phoneExtension: "7" });
  server.release();
  await saving;
  expect([model.draft.value?.phoneExtension, model.isDirty.value]).toEqual(["7", true]);
  await model.load();
  expect(model.draft.value?.phoneExtension).toBe("7");
});
