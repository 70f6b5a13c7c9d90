import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuardedFetch, type GuardedFetch } from "../../guarded-fetch.ts";
import { discover } from "./discover.ts";
import { mayFollow, placesToLook } from "./server-addresses.ts";
import { hasCyrus, openCyrus } from "./testing-cyrus.ts";
import { hasRadicale, openRadicale } from "./testing-radicale.ts";
import type { CalDavServer } from "./testing-server.ts";

const toThisMachine = createGuardedFetch({ allowsPrivateHosts: true });

for (const { name, isThere, open, main } of [
  { name: "Cyrus", isThere: hasCyrus(), open: openCyrus, main: "personal" },
  { name: "Radicale", isThere: hasRadicale(), open: openRadicale, main: null },
]) {
  if (!isThere) {
    it.skip(`${name} is not installed: finding calendars is not tried on it`);
    continue;
  }
  describe(`on ${name}, finding an account's calendars`, () => {
    let server: CalDavServer;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server?.close());

    it("begins at the server's name alone, and at the home itself", async () => {
      const [mara] = server.accounts;
      if (main === null) await makeCalendar(server);
      for (const typed of [server.url, mara!.home]) {
        const found = await discover(toThisMachine, typed, mara!);
        expect(found).toMatchObject({ home: mara!.home });
        if ("problem" in found) throw new Error(found.problem);
        expect(found.calendars.map((each) => [each.name, each.isWritable, each.isPrimary])).toEqual([
          [main ?? "Work & <play>", true, true],
        ]);
        expect(found.principal).toMatch(/mara/);
      }
    });

    it("knows a wrong password from a place without calendars, and an account without any", async () => {
      const [mara, jonas] = server.accounts;
      expect(await discover(toThisMachine, server.url, { ...mara!, password: "wrong" })).toEqual({
        problem: "wrong_password",
      });
      if (main === null)
        expect(await discover(toThisMachine, server.url, jonas!)).toEqual({ problem: "no_calendar" });
    });

    it("goes to no private network unless that is allowed", async () => {
      const fetch = createGuardedFetch({ allowsPrivateHosts: false });
      const [mara] = server.accounts;
      expect(await discover(fetch, server.url, mara!)).toEqual({ problem: "not_https" });
      expect(await discover(fetch, server.url.replace("http:", "https:"), mara!)).toEqual({
        problem: "private_host",
      });
    });
  });
}

async function makeCalendar(server: CalDavServer): Promise<void> {
  const [{ username, password, home }] = [server.accounts[0]!];
  const response = await fetch(`${home}work/`, {
    method: "MKCALENDAR",
    headers: {
      authorization: `Basic ${btoa(`${username}:${password}`)}`,
      "content-type": "application/xml",
    },
    body: '<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>Work &amp; &lt;play&gt;</D:displayname></D:prop></D:set></C:mkcalendar>',
  });
  expect(response.status).toBe(201);
}

describe("where to look", () => {
  const places = (typed: string) => placesToLook(typed).map(({ href }) => href);

  it("takes addresses of servers, their names, and addresses of e-mail", () => {
    expect(places("cloud.example.org")).toEqual([
      "https://cloud.example.org/.well-known/caldav",
      "https://cloud.example.org/",
    ]);
    expect(places(" https://cloud.example.org/remote.php/dav?x#y ")).toEqual([
      "https://cloud.example.org/remote.php/dav",
      "https://cloud.example.org/.well-known/caldav",
      "https://cloud.example.org/",
    ]);
    expect(places("ada@example.org")[0]).toBe("https://example.org/.well-known/caldav");
    expect(places("Ada@ICLOUD.com")[0]).toBe("https://caldav.icloud.com/.well-known/caldav");
    expect(places("not a server")).toEqual([]);
  });

  it("never sends a password to a host that an answer names, unless it lies below the one that was typed", () => {
    const may = (typed: string, from: string, to: string) =>
      mayFollow(new URL(typed), new URL(from), new URL(to));
    expect(may("https://example.org/", "https://example.org/", "https://example.org/dav")).toBe(true);
    expect(may("https://example.org/", "https://example.org/", "https://dav.example.org/")).toBe(true);
    expect(may("https://example.org/", "https://dav.example.org/", "https://example.org/")).toBe(true);
    expect(
      may("https://caldav.icloud.com/", "https://caldav.icloud.com/", "https://p7-caldav.icloud.com/"),
    ).toBe(true);
    expect(may("https://a.github.io/", "https://a.github.io/", "https://b.github.io/")).toBe(false);
    expect(may("https://example.org/", "https://example.org/", "http://example.org/")).toBe(false);
    expect(may("https://example.org/", "https://example.org/", "https://badexample.org/")).toBe(false);
    expect(may("https://example.org/", "https://example.org/", "https://example.org.evil.example/")).toBe(
      false,
    );
    expect(
      may("https://icloud.com.evil.example/", "https://icloud.com.evil.example/", "https://x.icloud.com/"),
    ).toBe(false);
  });

  it("ends at a server that sends elsewhere, or round in circles", async () => {
    const asked: string[] = [];
    const sends = (to: (url: URL) => string): GuardedFetch => {
      return async (url) => {
        asked.push(String(url));
        return new Response(null, { status: 302, headers: { location: to(new URL(url)) } });
      };
    };
    const who = { username: "ada", password: "secret" };
    expect(
      await discover(
        sends(() => "https://evil.example/"),
        "dav.example",
        who,
      ),
    ).toEqual({
      problem: "no_caldav",
    });
    expect(new Set(asked.map((each) => new URL(each).host))).toEqual(new Set(["dav.example"]));
    expect(
      await discover(
        sends(({ pathname }) => `${pathname}x`),
        "dav.example",
        who,
      ),
    ).toEqual({
      problem: "no_caldav",
    });
    expect(asked.length).toBeLessThan(20);
  });
});
