import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { type SealedFor, type SealingKeys, seal, unsealWith } from "../sealed.ts";

/** What opens an account: tokens of a consent, or a CalDAV account's name and password. */
export type ConnectionSecret =
  | { kind: "tokens"; accessToken: string; refreshToken: string | null }
  | { kind: "password"; username: string; password: string };

export type ConnectionKey = {
  id: ConnectionId;
  workspace_id: WorkspaceId;
  member_id: MemberId;
  provider: ProviderName;
};

/** Moved to another row, member, provider or workspace, it does not open. */
export function connectionWords({ id, workspace_id, member_id, provider }: ConnectionKey): SealedFor {
  return [workspace_id, member_id, provider, id];
}

export function sealSecret(keys: SealingKeys, key: ConnectionKey, secret: ConnectionSecret): Buffer {
  return seal(keys.secretKey, connectionWords(key), JSON.stringify(secret));
}

/** Null: altered, moved from elsewhere, or sealed with a key that is gone. */
export function openSecret(
  keys: SealingKeys,
  row: ConnectionKey & { sealed_secret: Buffer },
): ConnectionSecret | null {
  const text = unsealWith(keys, connectionWords(row), row.sealed_secret);
  return text === null ? null : (JSON.parse(text) as ConnectionSecret); // Sealed by `sealSecret` only.
}
