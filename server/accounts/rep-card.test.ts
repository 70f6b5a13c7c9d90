import { expect, it } from "vitest";
import { presenceOf } from "./rep-card.ts";

const here = { is_active: true, is_available: true, has_lease: true, open_chats: 0, capacity: 2 };

it("says available, busy, away or offline", () => {
  expect(presenceOf(here)).toBe("available");
  expect(presenceOf({ ...here, open_chats: 1 })).toBe("available");
  expect(presenceOf({ ...here, open_chats: 2 })).toBe("busy");
  expect(presenceOf({ ...here, is_available: false, open_chats: 2 })).toBe("away");
  expect(presenceOf({ ...here, has_lease: false })).toBe("offline");
  expect(presenceOf({ ...here, is_active: false })).toBe("offline");
});
