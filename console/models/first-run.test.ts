import { expect, it } from "vitest";
import type { ZoneName } from "../../shared/model/ids.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeShelf } from "./fake-shelf.ts";
import { FirstRunModel } from "./first-run.ts";

const person = {
  companyName: "Quiet Rooms",
  firstName: "Ada",
  lastName: "Example",
  email: " ada@example.com ",
  password: "four kilns in a row",
  address: "www.example.com/about",
};

function runWith(answers: Record<string, unknown>[], kept = new Map<string, string>()) {
  const asked: { route: string; input: Record<string, unknown> }[] = [];
  const call = (async (route: string, input: Record<string, unknown>) => {
    asked.push({ route, input });
    return answers.shift() ?? { ok: false, code: "unavailable" };
  }) as unknown as ApiCall;
  const model = new FirstRunModel(
    { call, clock: createFakeClock(0), shelf: createFakeShelf(kept) },
    "the secret",
    "Europe/Berlin" as ZoneName,
  );
  return { model, asked };
}

it("goes from the link to the tag, and sends the origin of what was typed", async () => {
  const site = { id: "site-1", name: "www.example.com", seen: null };
  const { model, asked } = runWith([
    { ok: true },
    { ok: true, site, scriptUrl: "https://chat.example/widget.js", session: {} },
  ]);
  await model.look();
  expect(model.step.value).toBe("company");
  model.set(person);
  model.toSite();
  expect(await model.create()).toBe(true);
  expect(asked[1]?.input).toMatchObject({
    secret: "the secret",
    email: "ada@example.com",
    origin: "https://www.example.com",
    zone: "Europe/Berlin",
  });
  expect(model.step.value).toBe("tag");
  expect(model.site.value).toEqual(site);
});

it.each([
  [{ ok: false, code: "expired" }, "over"],
  [{ ok: false, code: "unavailable" }, "unreachable"],
])("tells a link that is over from a server that is away", async (answer, step) => {
  const { model } = runWith([answer]);
  await model.look();
  expect(model.step.value).toBe(step);
});

it("leads back to the field that the server refused, and keeps what was typed", async () => {
  const refused = { ok: false, code: "invalid_input", field: "password", reason: "common" };
  const { model } = runWith([{ ok: true }, refused, { ok: false, code: "invalid_input", field: "email" }]);
  await model.look();
  model.set(person);
  model.toSite();
  expect(await model.create()).toBe(false);
  expect([model.step.value, model.passwordProblem.value]).toEqual(["company", "common"]);
  model.set({ password: "another four kilns" });
  expect(model.passwordProblem.value).toBe(null);
  model.toSite();
  await model.create();
  expect([model.step.value, model.isEmailBad.value]).toEqual(["company", true]);
  expect(model.fields.value.address).toBe(person.address);
});

it("asks nothing for what is no address", async () => {
  const { model, asked } = runWith([{ ok: true }]);
  await model.look();
  model.set({ ...person, address: "our site" });
  model.toSite();
  expect(await model.create()).toBe(false);
  expect(asked).toHaveLength(1);
});

it("leads whoever is signed in on, when the link has been used", async () => {
  const { model, asked } = runWith([{ ok: false, code: "expired" }, { ok: true }]);
  await model.look();
  expect(model.step.value).toBe("inside");
  expect(asked[1]?.route).toBe("GET /api/session");
});

it("keeps what was typed over a reload, but no password, and until it is sent only", async () => {
  const kept = new Map<string, string>();
  runWith([], kept).model.set(person);
  expect([...kept.values()].join()).not.toContain(person.password);
  const { model } = runWith([{ ok: true, site: { id: "site-1" }, scriptUrl: "", session: {} }], kept);
  expect(model.fields.value).toMatchObject({ ...person, password: "" });
  await model.create();
  expect(kept.size).toBe(0);
  kept.set("foyer.first-run", "not JSON");
  expect(runWith([], kept).model.fields.value.companyName).toBe("");
});
