import { describe, expect, test } from "vitest";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { AddressBar } from "../ports.ts";
import { PlaceModel, pathOf, placeOf } from "./place.ts";

function setUp(start: string) {
  const bar = { entries: [start], move: (_path: string) => undefined as undefined };
  const port: AddressBar = {
    path: () => bar.entries.at(-1) ?? "",
    push: (path) => void bar.entries.push(path),
    replace: (path) => void bar.entries.splice(-1, 1, path),
    onMove(listen) {
      bar.move = (path) => {
        // The browser has moved already when it tells.
        bar.entries.push(path);
        listen(path);
        return undefined;
      };
      return () => undefined;
    },
  };
  return { bar, places: new PlaceModel(port) };
}

const board = { page: "board", conversationId: null } as const;

describe("places", () => {
  test("an address names a place, and an unknown one the board", () => {
    expect(placeOf("/console/conversations/abc")).toEqual({ page: "conversations", conversationId: "abc" });
    expect(placeOf("/console/hours")).toEqual({ page: "hours", conversationId: null });
    expect(placeOf("/console")).toEqual(board);
    expect(placeOf("/console/%E0%A4%A/x")).toEqual(board);
    expect(placeOf("/console/conversations/%E0%A4%A")).toMatchObject({ page: "conversations" });
    const odd = "a/b?c" as ConversationId;
    expect(placeOf(pathOf({ page: "conversations", conversationId: odd })).conversationId).toBe(odd);
  });

  test("the address bar follows, and back and forward are followed", () => {
    const { bar, places } = setUp("/console");
    expect(bar.entries).toEqual(["/console/board"]);
    places.go({ page: "meetings", conversationId: null });
    expect(bar.entries).toEqual(["/console/board", "/console/meetings"]);
    bar.move("/console/board");
    expect(places.place.value).toEqual(board);
  });

  test("a page with unsaved changes is not left without asking, by link or by back", () => {
    const { bar, places } = setUp("/console/hours");
    const free = places.guardWith(() => true);
    places.go(board);
    expect(places.place.value.page).toBe("hours");
    expect(places.held.value).toEqual(board);
    places.stay();
    bar.move("/console/meetings");
    expect(places.place.value.page).toBe("hours");
    expect(bar.entries.at(-1)).toBe("/console/hours");
    places.openConversation("c" as ConversationId);
    expect(places.place.value.page).toBe("hours");
    places.leaveAnyway();
    expect(places.place.value).toEqual({ page: "conversations", conversationId: "c" });
    free();
    places.go(board);
    expect(places.place.value).toEqual(board);
  });
});
