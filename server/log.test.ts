import { describe, expect, it } from "vitest";
import { createLog, describeError } from "./log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: "debug", part: "web", write: (line) => lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("writes one JSON line with time, level and part", () => {
    const line = logged((log) => log.info({ conversationId: "c1" }, "opened"));
    expect(JSON.parse(line)).toMatchObject({
      level: "info",
      part: "web",
      conversationId: "c1",
      msg: "opened",
    });
    expect(JSON.parse(line).time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it("hides tokens, texts and addresses, also inside other objects", () => {
    const line = logged((log) =>
      log.info({
        token: "s3cret",
        message: { text: "s3cret" },
        req: { headers: { cookie: "s3cret" } },
        email: "s3cret",
      }),
    );
    expect(line).not.toContain("s3cret");
  });

  it("keeps row values, addresses, passwords and stacks of errors out", () => {
    const error = Object.assign(new Error("duplicate key for ada@example.com at postgresql://u:pw@h/db"), {
      code: "23505",
      constraint: "members_email",
      detail: "Key (email)=(ada@example.com) already exists.",
    });
    const line = logged((log) => log.error({ err: error }, "failed"));
    expect(line).not.toMatch(/ada@|:pw@|already exists|\bat .*\(|\/log\.test/);
    expect(JSON.parse(line).err).toMatchObject({ code: "23505", constraint: "members_email" });
    expect(JSON.parse(line).err.where).toContain("log.test.ts:");
  });

  it("hides the input that PostgreSQL quotes in its message", () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "dear rep, my card is"'), {
      code: "22P02",
    });
    expect(describeError(error).message).toBe('invalid input syntax for type uuid: "…"');
  });
});
