import type { Pool } from "pg";
import type { MemberId } from "../../../shared/model/ids.ts";
import { isLoopback } from "../../web/networks.ts";
import { createSharedLimiter } from "../../web/shared-rate-limit.ts";

/** Wrong user codes, counted for each member and for each network. */
export type CodeTries = {
  /** Before the look, so that tries at once are all counted. Throws `too_many`. */
  take(memberId: MemberId, network: string): Promise<void>;
  /** The code was one. */
  giveBack(memberId: MemberId, network: string): Promise<void>;
};

/**
 * Ten wrong codes in ten minutes, and thirty from a network, over all processes. With a thousand apps waiting at once, a
 * member who never stops guessing finds one in some 50 years.
 */
export function createCodeTries(pool: Pool): CodeTries {
  const perMember = createSharedLimiter(pool, "user-code-member", { points: 10, seconds: 600 });
  const perNetwork = createSharedLimiter(pool, "user-code-network", { points: 30, seconds: 600 });
  return {
    async take(memberId, network) {
      await perMember.take(memberId);
      if (!isLoopback(network)) await perNetwork.take(network);
    },
    async giveBack(memberId, network) {
      await perMember.giveBack(memberId);
      if (!isLoopback(network)) await perNetwork.giveBack(network);
    },
  };
}
