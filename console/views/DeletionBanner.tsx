import type { Desk } from "../models/desk.ts";
import { settingsText } from "../text/workspace.ts";
import { longDay } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** For everybody, on every page: when the workspace will be deleted, and who asked for it. */
export function DeletionBanner({ desk }: { desk: Desk }) {
  const deletion = desk.workspace.workspace.value?.deletion;
  const isAdmin = desk.session.value.member.role === "admin";
  const { danger, banner } = settingsText;
  return (
    <div role="status" class="banner-place">
      {deletion && (
        <div class="banner banner-danger">
          <Icon name="warning" />
          <span>
            {banner.words(longDay(deletion.at), deletion.askedBy ?? danger.anAdmin)}{" "}
            {!isAdmin && banner.askAdmin}
          </span>
          {isAdmin && (
            <Button
              size="small"
              isBusy={desk.workspace.isSaving.value}
              onClick={() => void desk.workspace.cancelDeletion()}
            >
              {danger.takeBack}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
