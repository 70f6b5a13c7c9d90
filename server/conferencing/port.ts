import type { Instant, MeetingId, ZoneName } from "../../shared/model/ids.ts";
import type { ProviderAccount } from "../connections/port.ts";

// What Foyer asks of a service with rooms to meet in. Every method throws ProviderError.

export type RoomToMake = {
  meetingId: MeetingId;
  /** Cut to what the service takes. */
  topic: string;
  startAt: Instant;
  endAt: Instant;
  zone: ZoneName;
};

/** `mayExist`: an earlier try had no answer. Where the service has no key for a repeat, its rooms are looked through first. */
export type CreateOptions = { mayExist: boolean };

export type Room = {
  /** As text: some are larger than a number holds exactly. */
  id: string;
  joinUrl: string;
  passcode: string | null;
};

export interface ConferenceProvider {
  /** The same call twice is the same room. */
  create(account: ProviderAccount, room: RoomToMake, options: CreateOptions): Promise<Room>;
  /** The link stays. Throws `gone` when the room is not there any more: then a new one is made. */
  update(account: ProviderAccount, id: string, room: RoomToMake): Promise<void>;
  /** Gone already is fine. */
  remove(account: ProviderAccount, id: string): Promise<void>;
}
