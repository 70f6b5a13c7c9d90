import { describe, expect, it } from "vitest";
import { SsoRefused } from "./port.ts";
import { refuseOddShapes } from "./refuse-odd-shapes.ts";
import { openOwnSigner } from "./test-own-signer.ts";

const app = { entityId: "https://foyer.example/metadata", acsUrl: "https://foyer.example/acs" };

async function genuine(groups: string[]): Promise<string> {
  const idp = openOwnSigner();
  idp.person({ uid: "ada-1", mail: "ada@quiet.example", givenName: "Ada", sn: "Osei", groups });
  const { SAMLResponse } = await idp.unasked(app);
  return Buffer.from(SAMLResponse, "base64").toString();
}

function problemWith(xml: string): string | null {
  try {
    refuseOddShapes(Buffer.from(xml).toString("base64"), app.acsUrl);
    return null;
  } catch (error) {
    if (error instanceof SsoRefused) return error.problem;
    throw error;
  }
}

describe("a response, before the library sees it", () => {
  it("passes as a provider makes it, with hundreds of groups", async () => {
    expect(problemWith(await genuine(["sales"]))).toBe(null);
    expect(problemWith(await genuine(Array.from({ length: 800 }, (_, number) => `group-${number}`)))).toBe(
      null,
    );
  });

  it("is refused when it would keep the library busy: too many elements, too deep, too many attributes", async () => {
    const xml = await genuine(["sales"]);
    const including = (more: string) => xml.replace("</samlp:Response>", `${more}</samlp:Response>`);
    const nested = (depth: number) => "<x>".repeat(depth) + "</x>".repeat(depth);
    const named = (count: number) => Array.from({ length: count }, (_, number) => `a${number}="1"`).join(" ");
    expect(problemWith(including("<x/>".repeat(900)))).toBe(null);
    expect(problemWith(including("<x/>".repeat(1_000)))).toBe("bad_signature");
    expect(problemWith(including(nested(28)))).toBe(null);
    expect(problemWith(including(nested(30)))).toBe("bad_signature");
    expect(problemWith(including(`<x ${named(50)}/>`))).toBe(null);
    expect(problemWith(including(`<x ${named(51)}/>`))).toBe("bad_signature");
    expect(problemWith(including(`<x a="${"1".repeat(2_001)}"/>`))).toBe("bad_signature");
  });

  it("is refused before it is even read when the text is full of tags", () => {
    const started = process.cpuUsage();
    for (let times = 0; times < 3; times++) problemWith("<a>".repeat(25_000));
    const { user } = process.cpuUsage(started);
    const once = process.cpuUsage();
    for (let times = 0; times < 3; times++) problemWith("<a>".repeat(250));
    // A hundred times as long; read, it would take far more than a hundred times as long.
    expect(user).toBeLessThan(100 * Math.max(process.cpuUsage(once).user, 1_000));
  });

  it("is refused unless what is signed carries its one signature right under it", async () => {
    const xml = await genuine(["sales"]);
    const [whole = "", ofAssertion = ""] = xml.match(/<ds:Signature [\s\S]*?<\/ds:Signature>/g) ?? [];
    const bare = xml.replace(whole, "");
    for (const [what, forged] of Object.entries({
      "none for the response": bare,
      "two for the response": xml.replace(whole, whole + whole),
      "two for the assertion": xml.replace(ofAssertion, ofAssertion + ofAssertion),
      "one within another element": bare.replace("<samlp:Status>", `<samlp:Status>${whole}`),
      "one that only has the name": xml.replace(whole, "<Signature/>"),
    })) {
      expect(forged, what).not.toBe(xml);
      expect(problemWith(forged), what).toBe("bad_signature");
    }
  });
});
