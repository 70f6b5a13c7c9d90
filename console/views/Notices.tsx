import type { Notices as NoticesState } from "../models/notices.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

export function Notices({ notices }: { notices: NoticesState }) {
  return (
    <div class="notices" role="status">
      {notices.notices.value.map((notice) => (
        <div class="notice" key={notice.id}>
          <span>{notice.text}</span>
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
