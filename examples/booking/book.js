// Runs before the script of Foyer has come: calls are kept until then.
window.Foyer =
  window.Foyer ||
  ((...call) => {
    window.Foyer.q = [...(window.Foyer.q || []), call];
  });
window.Foyer("book", { type: "larchwell-first-look", el: "#book" });
window.Foyer("on", "booked", () => {
  document.getElementById("heard").textContent = "A meeting was booked.";
});
