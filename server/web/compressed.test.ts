import { expect, it } from "vitest";
import { codingFor } from "./compressed.ts";

const both = { gzip: Buffer.alloc(1), brotli: Buffer.alloc(1) };

it("chooses brotli, then gzip, then nothing, by what the client takes", () => {
  expect(codingFor("gzip, deflate, br", both)).toBe("br");
  expect(codingFor("gzip;q=1.0, *;q=0.5", both)).toBe("gzip");
  expect(codingFor("br;q=0, gzip", both)).toBe("gzip");
  expect(codingFor("br", { gzip: both.gzip, brotli: null })).toBe(null);
  expect(codingFor("identity", both)).toBe(null);
  expect(codingFor(undefined, both)).toBe(null);
});
