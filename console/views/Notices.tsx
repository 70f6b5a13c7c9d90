import type { ConversationId } from "../../shared/model/ids.ts";
import type { Notices as NoticesState } from "../models/notices.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

type NoticesProps = { notices: NoticesState; onOpen: (id: ConversationId) => void };

export function Notices({ notices, onOpen }: NoticesProps) {
  return (
    <div class="notices" role="status">
      {notices.notices.value.map((notice) => (
        <div class="notice" key={notice.id}>
          <span>{notice.text}</span>
          {notice.conversationId && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                if (notice.conversationId) onOpen(notice.conversationId);
                notices.drop(notice.id);
              }}
            >
              {text.common.open}
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={text.common.close}
            onClick={() => notices.drop(notice.id)}
          />
        </div>
      ))}
    </div>
  );
}
