import { afterAll, beforeAll, describe, it } from "vitest";
import { describeCalendarProvider } from "../testing-contract.ts";
import { type CalendarReader, createCalendarReader } from "./calendar-reader.ts";
import { buildReaderProgram } from "./testing.ts";
import { openCalDavCounterpart } from "./testing-counterpart.ts";
import { hasCyrus, openCyrus } from "./testing-cyrus.ts";
import { hasRadicale, openRadicale } from "./testing-radicale.ts";
import type { CalDavServer } from "./testing-server.ts";

// The suite of the calendar port, on two servers that are not ours.

const servers = [
  { name: "Cyrus", isThere: hasCyrus(), open: openCyrus },
  { name: "Radicale", isThere: hasRadicale(), open: openRadicale },
];

for (const { name, isThere, open } of servers) {
  if (!isThere) {
    it.skip(`${name} is not installed: the calendar port is not tried on it`);
    continue;
  }
  describe(`on ${name}`, () => {
    let program: Awaited<ReturnType<typeof buildReaderProgram>>;
    let reader: CalendarReader;
    let server: CalDavServer;
    beforeAll(async () => {
      program = await buildReaderProgram();
      reader = createCalendarReader({ program: program.url, deadlineMs: 15_000 });
      server = await open();
    });
    afterAll(async () => {
      await server?.close();
      await reader?.close();
      await program?.remove();
    });
    describeCalendarProvider(name, () => openCalDavCounterpart(server, reader));
  });
}
