import { expect, test } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { MyProfile } from "../../shared/protocol/profile-routes.ts";
import type { ApiCall, PhotoUpload } from "../ports.ts";
import { MeModel } from "./me.ts";

const profile: MyProfile = {
  id: "00000000-0000-4000-8000-000000000001" as MemberId,
  email: "zoe@example.com",
  role: "rep",
  firstName: "Zoë",
  lastName: "Example",
  jobTitle: "Advisor",
  photoUrl: null,
  phone: null,
  phoneExtension: null,
  zone: "Europe/Berlin",
  zoneConfirmedAt: 1,
  language: "en-GB",
  profileConfirmedAt: 1,
  hoursZone: "Europe/Berlin",
};

async function setUp(of: Partial<MyProfile> = {}, refusal: object | null = null) {
  let stored: MyProfile = { ...profile, ...of };
  const asked: { route: string; input: Record<string, unknown> }[] = [];
  const call = (async (route: string, input: Record<string, unknown>) => {
    asked.push({ route, input });
    if (route.startsWith("PUT")) {
      if (refusal) return { ok: false, ...refusal };
      stored = { ...stored, ...input, phone: input.phone === "" ? null : "+44 20 7946 0000" } as MyProfile;
    }
    return { ok: true, profile: stored };
  }) as ApiCall;
  const upload: PhotoUpload = async () => ({
    ok: true,
    profile: { ...stored, photoUrl: "/photos/new/large.webp" },
  });
  const me = new MeModel(call, upload, { zone: "Europe/Lisbon" });
  await me.load();
  return { me, asked };
}

test("a profile is unsaved from the first change until it is saved or undone", async () => {
  const { me } = await setUp();
  expect(me.isDirty.value).toBe(false);
  me.edit({ jobTitle: "Advisor 🎧" });
  expect(me.isDirty.value).toBe(true);
  expect(me.card.value?.jobTitle).toBe("Advisor 🎧");
  me.undo();
  expect(me.isDirty.value).toBe(false);
  me.edit({ phone: "020 7946 0000" });
  expect(await me.save()).toBe(true);
  expect(me.isDirty.value).toBe(false);
  expect(me.draft.value?.phone).toBe("+44 20 7946 0000");
});

test("a newcomer's zone is the browser's, which saving confirms; nothing counts as unsaved before", async () => {
  const { me, asked } = await setUp({ zone: "UTC", hoursZone: "UTC", zoneConfirmedAt: null });
  expect(me.draft.value).toMatchObject({ zone: "Europe/Lisbon", movesHours: true });
  expect([me.isDirty.value, me.isConfirmed.value]).toEqual([false, false]);
  await me.save();
  expect(asked.at(-1)?.input).toMatchObject({ zone: "Europe/Lisbon", movesHours: true });
});

test("hours that went with the zone go with it, others stay where they are", async () => {
  const together = await setUp();
  expect(together.me.otherZone.value).toBe("Europe/Lisbon");
  together.me.edit({ zone: "Europe/Lisbon" });
  expect(together.me.draft.value?.movesHours).toBe(true);
  const apart = await setUp({ hoursZone: "America/New_York" });
  apart.me.edit({ zone: "Europe/Lisbon" });
  expect(apart.me.draft.value?.movesHours).toBe(false);
});

test("a refused field is named, and the rest stays typed", async () => {
  const { me } = await setUp({}, { code: "invalid_input", field: "phone" });
  me.edit({ phone: "call me", jobTitle: "Other" });
  expect(await me.save()).toBe(false);
  expect([me.refused.value, me.problem.value, me.draft.value?.jobTitle]).toEqual(["phone", null, "Other"]);
  me.edit({ phone: "" });
  expect(me.refused.value).toBe(null);
});

test("a nameless profile is not sent", async () => {
  const { me, asked } = await setUp();
  me.edit({ firstName: "  " });
  expect(await me.save()).toBe(false);
  expect(asked.filter(({ route }) => route.startsWith("PUT"))).toEqual([]);
});

test("a photo is saved at once and leaves what is typed alone", async () => {
  const { me } = await setUp();
  me.edit({ jobTitle: "Typing" });
  expect(await me.uploadPhoto(new Blob([]), { left: 0, top: 0, side: 9 })).toBe(true);
  expect(me.card.value?.photoUrl).toBe("/photos/new/large.webp");
  expect(me.draft.value?.jobTitle).toBe("Typing");
});

test("a file is judged before it is sent", async () => {
  const { me } = await setUp();
  expect(me.check({ type: "image/heic", size: 9 })).toBe("not_a_photo");
  expect(me.check({ type: "image/png", size: 10 * 1_024 * 1_024 + 1 })).toBe("too_large");
  expect(me.check({ type: "image/jpeg", size: 10 * 1_024 * 1_024 })).toBe(null);
});
