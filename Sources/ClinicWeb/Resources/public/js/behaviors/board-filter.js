// The counts above the board show or fade the bookings of a state.
const hidden = new Set();

export default function (element, { signal }) {
  function show() {
    for (const key of element.querySelectorAll(".key")) key.setAttribute("aria-pressed", String(!hidden.has(key.dataset.state)));
    for (const card of document.querySelectorAll("#board-grid .appt")) card.toggleAttribute("data-faded", hidden.has(card.dataset.state));
  }
  element.addEventListener("click", (event) => {
    const key = event.target.closest(".key");
    if (!key) return;
    const state = key.dataset.state;
    if (hidden.has(state)) hidden.delete(state);
    else hidden.add(state);
    show();
  }, { signal });
  show();
}
