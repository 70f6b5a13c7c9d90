import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import { createHttpApp, createHttpServer } from "./http-app.ts";
import { mailPreviewRoutes } from "./mail-preview.ts";

const mailId = "0190f000-0000-7000-8000-000000000001";
const publicUrl = "https://chat.example.com";
const server = createHttpServer(
  createHttpApp({
    config: { publicUrl, trustedProxies: "loopback" },
    log: createLog({ level: "silent", part: "test" }),
    beforeParsing: [],
    routers: [
      mailPreviewRoutes({
        publicUrl,
        memberOfCookies: async (cookies) =>
          cookies === undefined
            ? null
            : { memberId: "m" as MemberId, workspaceId: "w" as WorkspaceId, role: cookies as Role },
        readMail: async (workspaceId, id) => {
          if (workspaceId !== "w" || id !== mailId) throw new AppError("not_found");
          return "<!doctype html><html><head></head><body style='margin:0'>Hello</body></html>";
        },
      }),
    ],
  }),
);
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail-preview`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("shows a mail with its styles, without scripts, forms or an origin", async () => {
  const answer = await fetch(`${base}/${mailId}`, { headers: { cookie: "admin" } });
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("sandbox allow-popups allow-popups-to-escape-sandbox");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toContain("script");
  expect(answer.headers.get("x-frame-options")).toBeNull();
  expect(await answer.text()).toContain('<base target="_blank">');
});

it("is for admins, and for mails of their own workspace", async () => {
  const status = async (path: string, cookie?: string) =>
    (await fetch(`${base}/${path}`, cookie === undefined ? {} : { headers: { cookie } })).status;
  expect(await status(mailId)).toBe(401);
  expect(await status(mailId, "rep")).toBe(403);
  expect(await status(mailId.replace(/1$/, "2"), "admin")).toBe(404);
  expect(await status("..%2f..", "admin")).toBe(404);
});
