import { panelStates } from "./states.ts";
import { bookStates, meetingStates, teaserStates } from "./widget-states.ts";

const list = document.getElementById("states");

function show(page: string, states: readonly { name: string; scheme?: "dark" }[]) {
  states.forEach(({ name, scheme }, index) => {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = name;
    const frame = document.createElement("iframe");
    frame.title = name;
    frame.loading = "lazy";
    frame.src = `${page}.html?state=${index}`;
    frame.classList.add(page, scheme ?? "light");
    figure.append(caption, frame);
    list?.append(figure);
  });
}

show("teaser", teaserStates);
show("panel", panelStates);
show("meeting", meetingStates);
show("book", bookStates);
