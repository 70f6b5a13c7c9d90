import { useEffect, useMemo } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import css from "../../shared/ui/booker.css";
import { bookingApi } from "./booking-api.ts";
import { clientId } from "./client-id.ts";
import type { FrameHost } from "./host.ts";
import { browserClock } from "./link.ts";
import { BookingModel, type BookingParts } from "./models/booking.ts";
import type { ChatModel } from "./models/chat.ts";
import { wearStyles } from "./styles.ts";
import { Booking } from "./views/Booking.tsx";

export type BookerViewProps = {
  chat: ChatModel;
  host: FrameHost;
  choice: "any" | MemberId;
  onBooked: BookingParts["onBooked"];
};

/** The booker inside the panel; fetched on demand, with its style sheet. */
export function BookerView({ chat, host, choice, onBooked }: BookerViewProps) {
  const booking = useMemo(() => {
    wearStyles(css);
    return new BookingModel({
      api: bookingApi(host),
      clock: browserClock,
      clientId,
      host: choice,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      who: chat.who.peek(),
      onBooked,
    });
  }, []);
  useEffect(() => {
    chat.setBooking(booking);
    return () => {
      chat.setBooking(null);
      booking.leave();
      booking[Symbol.dispose]();
    };
  }, []);
  return <Booking booking={booking} now={chat.now()} onWrite={() => chat.show({ kind: "chat" })} />;
}
