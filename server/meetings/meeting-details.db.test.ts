import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noMeetingDetails } from "../../shared/model/meetings.ts";
import { setMeetingDetails, showMeetingDetails } from "./meeting-details.ts";
import { createMeetingWorld } from "./testing.ts";
import { addAccount, addCalendar } from "./testing-accounts.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

async function aMember() {
  const { workspaceId } = await world.addWorkspace();
  return { workspaceId, memberId: await world.addHost(workspaceId) };
}

const wish = (details: object) => ({ ...noMeetingDetails, ...details });

describe("meeting details", () => {
  it("offer what is connected, and refuse what is not", async () => {
    const member = await aMember();
    for (const video of ["zoom", "teams", "meet"] as const)
      await expect(setMeetingDetails(world.db, member, wish({ video }))).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "video", reason: "not_connected" },
      });
    await addAccount(world.db, member, "zoom");
    await addCalendar(world.db, member, "google");
    expect(await showMeetingDetails(world.db, member)).toMatchObject({
      canZoom: true,
      canMeet: true,
      canTeams: false,
    });
    expect(await setMeetingDetails(world.db, member, wish({ video: "meet" }))).toMatchObject({
      details: { video: "meet" },
    });
    const other = await aMember();
    await addCalendar(world.db, other, "microsoft");
    expect(await showMeetingDetails(world.db, other)).toMatchObject({ canTeams: true, canMeet: false });
  });

  it("keep a link and a number as they are dialled and opened from anywhere", async () => {
    const member = await aMember();
    const { details } = await setMeetingDetails(
      world.db,
      member,
      wish({ video: "link", linkUrl: "meet.example/ada", phone: "(212) 555-0123", phoneExtension: "12#" }),
    );
    expect(details).toEqual({
      video: "link",
      linkUrl: "https://meet.example/ada",
      phone: "+12125550123",
      phoneExtension: "12#",
    });
    expect((await showMeetingDetails(world.db, member)).details).toEqual(details);
  });

  it("name the field and the reason of a refusal", async () => {
    const member = await aMember();
    const refusals = [
      [{ video: "link", linkUrl: "https://calendly.com/ada" }, "linkUrl", "scheduler"],
      [{ linkUrl: "http://meet.example/ada" }, "linkUrl", "not_https"],
      [{ video: "link" }, "linkUrl", "no_link"],
      [{ phone: "call me" }, "phone", "no_phone"],
    ] as const;
    for (const [details, field, reason] of refusals)
      await expect(setMeetingDetails(world.db, member, wish(details))).rejects.toMatchObject({
        details: { field, reason },
      });
    expect((await showMeetingDetails(world.db, member)).details).toEqual(noMeetingDetails);
  });
});
