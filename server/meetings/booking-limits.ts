import { isLoopback } from "../web/networks.ts";
import { createRateLimiter } from "../web/rate-limit.ts";

/** Visitors and guests are made for nothing, so a network has limits of its own: nobody fills a calendar from one place. */
const holdsPerNetwork = { points: 120, seconds: 3_600 };
const bookingsPerNetwork = { points: 30, seconds: 3_600 };

/** What one network may take of everybody's time, by the chat and by public pages together. Throws `too_many`. */
export interface BookingLimits {
  takeHold(network: string): Promise<void>;
  takeBooking(network: string): Promise<void>;
}

export function createBookingLimits(): BookingLimits {
  const holds = createRateLimiter(holdsPerNetwork);
  const bookings = createRateLimiter(bookingsPerNetwork);
  const take = async (limiter: typeof holds, network: string) => {
    if (!isLoopback(network)) await limiter.take(network);
  };
  return {
    takeHold: (network) => take(holds, network),
    takeBooking: (network) => take(bookings, network),
  };
}
