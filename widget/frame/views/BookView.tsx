import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { chatText as text } from "../../text.ts";
import type { BookerViewProps } from "../booker.tsx";

/** The booker, fetched when it is first asked for. */
export function BookView(props: Omit<BookerViewProps, "onBooked">) {
  const [loaded, setLoaded] = useState<{ View: ComponentType<BookerViewProps> } | null>(null);
  const [isBooked, setBooked] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    import("../booker.tsx").then(
      ({ BookerView }) => setLoaded({ View: BookerView }),
      () => setFailed(true),
    );
  };
  useEffect(load, []);
  const onBooked: BookerViewProps["onBooked"] = (booked, { name, email }) => {
    setBooked(true);
    props.chat.keepMeeting(booked);
    props.chat.identify(name, email);
    props.host.post({ type: "event", name: "booked" });
  };
  return (
    <div class="book">
      {loaded ? (
        <loaded.View {...props} onBooked={onBooked} />
      ) : (
        <p role="status">
          {isFailed ? (
            <button type="button" class="fy-button fy-quiet" onClick={load}>
              {text.lost}
            </button>
          ) : (
            text.loading
          )}
        </p>
      )}
      {isBooked && (
        <button type="button" class="fy-button" onClick={props.chat.back}>
          {text.backToChat}
        </button>
      )}
    </div>
  );
}
