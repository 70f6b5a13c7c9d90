import { useEffect, useMemo } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import { Booker } from "../../shared/ui/Booker.tsx";
import css from "../../shared/ui/booker.css";
import type { BookerDetails } from "../../shared/ui/booker-props.ts";
import { bookerText as text } from "../text.ts";
import { bookingApi } from "./booking-api.ts";
import { clientId } from "./client-id.ts";
import type { FrameHost } from "./host.ts";
import { browserClock } from "./link.ts";
import { BookingModel } from "./models/booking.ts";
import type { ChatModel } from "./models/chat.ts";
import { wearStyles } from "./styles.ts";

export type BookerViewProps = {
  chat: ChatModel;
  host: FrameHost;
  choice: "any" | MemberId;
  onBooked: (details: BookerDetails) => void;
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
  return (
    <Booker
      step={booking.step.value}
      problem={booking.problem.value}
      hosts={booking.hosts.value}
      host={booking.host.value}
      canChooseHost
      slots={booking.slots.value}
      durationMinutes={booking.durationMinutes.value}
      day={booking.day.value}
      zone={booking.zone.value}
      zones={Intl.supportedValuesOf?.("timeZone") ?? []}
      now={chat.now()}
      words={text}
      onHost={booking.chooseHost}
      onZone={booking.chooseZone}
      onDay={booking.chooseDay}
      onTime={booking.chooseTime}
      onBack={booking.back}
      onBook={booking.book}
      onRetry={booking.reload}
    />
  );
}
