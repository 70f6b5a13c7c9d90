import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { DeviceAuthorization } from "../../../shared/protocol/oauth.ts";
import type { Database } from "../../db/tables.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { insertDeviceCode } from "./store.ts";
import { mintUserCode, showUserCode } from "./user-code.ts";

const minutes = 10;
/** What RFC 8628 assumes; the column's default. */
const intervalSeconds = 5;

/** An app asks to be let in; it shows the person the user code and polls with the device code. */
export async function requestDeviceCode(
  { db, publicUrl }: { db: Kysely<Database>; publicUrl: string },
  app: { name: string; device: string; network: string },
): Promise<DeviceAuthorization> {
  const deviceCode = mintToken();
  const deviceCodeHash = hashToken(deviceCode);
  let userCode = mintUserCode();
  const row = () => ({
    deviceCodeHash,
    userCodeHash: hashToken(userCode),
    appName: app.name,
    device: app.device,
    networkHash: networkMark(app.network, deviceCodeHash),
    minutes,
  });
  while (!(await insertDeviceCode(db, row()))) userCode = mintUserCode();
  const page = new URL("/console/authorize", publicUrl);
  const complete = new URL(page);
  // In the query, as the RFC shows it: whoever reads the address learns nothing that lets them in, since only the app
  // that holds the device code is let in, and only by the person who looks and presses.
  complete.searchParams.set("user_code", showUserCode(userCode));
  return {
    device_code: deviceCode,
    user_code: showUserCode(userCode),
    verification_uri: page.href,
    verification_uri_complete: complete.href,
    expires_in: minutes * 60,
    interval: intervalSeconds,
  };
}

/** Says "the same network" of two requests and nothing else; gone with the code. */
export function networkMark(network: string, deviceCodeHash: Buffer): Buffer {
  return createHash("sha256").update(deviceCodeHash).update(network).digest();
}
