import { useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import { RepCard } from "../../shared/ui/RepCard.tsx";
import type { Desk } from "../models/desk.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";

type OfferMeetingDialogProps = { desk: Desk; thread: OpenThread; onClose: () => void };

/** Whose calendar is put into the chat. */
export function OfferMeetingDialog({ desk, thread, onClose }: OfferMeetingDialogProps) {
  const { team } = desk;
  const me = team.me.value;
  const [hostId, setHostId] = useState<MemberId | null>(desk.myId.value);
  const hosts = me ? [me, ...team.colleagues.value] : team.colleagues.value;
  return (
    <Dialog
      title={text.meetingOffer.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              thread.offerMeeting(hostId);
              onClose();
            }}
          >
            {text.meetingOffer.send}
          </Button>
        </>
      }
    >
      <p class="soft">{text.meetingOffer.lead}</p>
      <fieldset class="choices">
        <legend class="fy-hidden">{text.meetingOffer.title}</legend>
        {hosts.map((member) => (
          <label key={member.id} class="choice">
            <input
              type="radio"
              name="meeting-host"
              autofocus={member.id === hostId}
              checked={member.id === hostId}
              onChange={() => setHostId(member.id)}
            />
            <RepCard card={member} size={38}>
              {member.id === me?.id && <span class="tag">{text.meetingOffer.mine}</span>}
            </RepCard>
          </label>
        ))}
        <label class="choice">
          <input
            type="radio"
            name="meeting-host"
            checked={hostId === null}
            onChange={() => setHostId(null)}
          />
          <span class="choice-any">
            <span class="choice-mark">
              <Icon name="calendar" />
            </span>
            <span class="stack">
              <span class="strong">{text.meetingOffer.any}</span>
              <span class="soft small">{text.meetingOffer.anyHint}</span>
            </span>
          </span>
        </label>
      </fieldset>
    </Dialog>
  );
}
