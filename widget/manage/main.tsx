import { effect } from "@preact/signals";
import { render } from "preact";
import type { MailedPageConfig } from "../../shared/protocol/page-data.ts";
import bookerCss from "../../shared/ui/booker.css";
import listCss from "../../shared/ui/list.css";
import tokensCss from "../../shared/ui/tokens.css";
import { wearColor, wearStyles } from "../frame/styles.ts";
import { chatText, manageText as text } from "../text.ts";
import css from "./manage.css";
import { meetingLinkApi } from "./meeting-link-api.ts";
import { MeetingLinkModel } from "./models/meeting-link.ts";
import { resumeConversation } from "./resume.ts";
import { MeetingPage } from "./views/MeetingPage.tsx";

// The pages behind mailed links: one meeting, or back into the conversation.

const app = document.getElementById("app") as HTMLElement;
const { page, token, entry } = JSON.parse(
  document.getElementById("foyer")?.textContent ?? "",
) as MailedPageConfig;
document.documentElement.dir = chatText.direction;

if (page === "meeting") {
  dress();
  document.title = text.title;
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const link = new MeetingLinkModel({ api: meetingLinkApi(token), zone });
  effect(() => {
    if (link.company.value) wearColor(link.company.value.color);
  });
  render(
    <main class="page">
      <div class="sheet">
        <MeetingPage link={link} />
      </div>
    </main>,
    app,
  );
} else {
  const open = async () => {
    const problem = await resumeConversation(token, entry);
    if (!problem) return;
    dress();
    render(
      <main class="page">
        <div class="sheet">
          <h1>{text[problem]}</h1>
          <p>{problem === "gone" ? text.conversationGone : text.lostMore}</p>
          {problem === "lost" && (
            <button type="button" class="fy-button" onClick={() => location.reload()}>
              {text.tryAgain}
            </button>
          )}
        </div>
      </main>,
      app,
    );
  };
  void open();
}

function dress() {
  wearStyles(tokensCss + listCss + bookerCss + css);
  wearColor("#3b5bdb");
}
