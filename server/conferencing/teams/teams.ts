import { z } from "zod";
import { ProviderError, type ProviderResponse } from "../../connections/port.ts";
import { cutTopic } from "../cut-topic.ts";
import type { ConferenceProvider, RoomToMake } from "../port.ts";
import { garbled, parseJson, pauseOf } from "../read-answer.ts";

// Rooms in Microsoft Teams for whoever keeps their calendar elsewhere: they stand in no calendar. Accounts of work or school only.

const mostTopicChars = 255;
const meetings = "/v1.0/me/onlineMeetings";

const made = z.object({ id: z.string().min(1), joinWebUrl: z.url({ protocol: /^https$/ }) });

export function createTeams(): ConferenceProvider {
  return {
    async create(account, room) {
      // The external id makes a repeat answer the room that is there.
      const response = await account.send({
        method: "POST",
        path: `${meetings}/createOrGet`,
        json: { externalId: room.meetingId, ...bodyOf(room) },
      });
      if (response.status !== 201 && response.status !== 200) throw problemOf(response);
      const { data } = made.safeParse(parseJson(response.text));
      if (data === undefined) throw garbled();
      return { id: data.id, joinUrl: data.joinWebUrl, passcode: null };
    },
    async update(account, id, room) {
      const response = await account.send({ method: "PATCH", path: pathOf(id), json: bodyOf(room) });
      if (response.status !== 200) throw problemOf(response);
    },
    async remove(account, id) {
      const response = await account.send({ method: "DELETE", path: pathOf(id) });
      if (response.status === 204) return;
      const problem = problemOf(response);
      if (problem.kind !== "gone") throw problem;
    },
  };
}

function pathOf(id: string): string {
  return `${meetings}/${encodeURIComponent(id)}`;
}

function bodyOf({ topic, startAt, endAt }: RoomToMake) {
  return {
    subject: cutTopic(topic, mostTopicChars),
    startDateTime: new Date(startAt).toISOString(),
    endDateTime: new Date(endAt).toISOString(),
  };
}

const refusal = z.object({ error: z.object({ code: z.string() }) });

function problemOf(response: ProviderResponse): ProviderError {
  const { status } = response;
  const code = refusal.safeParse(parseJson(response.text)).data?.error.code ?? "";
  const word = `${status}_${code.slice(0, 60)}`;
  if (status === 429) return new ProviderError("rate", word, pauseOf(response));
  if (status >= 500) return new ProviderError("transient", word, pauseOf(response));
  if (status === 401) return new ProviderError("auth", word);
  if (status === 403)
    return new ProviderError(/consent|AADSTS(65001|90094)/i.test(code) ? "approval" : "scope", word);
  if (status === 404 || status === 410) return new ProviderError("gone", word);
  if (status === 400) return new ProviderError("invalid", word);
  if (status === 409 || status === 412) return new ProviderError("conflict", word);
  return new ProviderError("refused", word);
}
