import { panelStates } from "./states.ts";

const list = document.getElementById("states");
panelStates.forEach((state, index) => {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = state.name;
  const frame = document.createElement("iframe");
  frame.title = state.name;
  frame.loading = "lazy";
  frame.src = `panel.html?state=${index}`;
  if (state.scheme) frame.className = state.scheme;
  figure.append(caption, frame);
  list?.append(figure);
});
