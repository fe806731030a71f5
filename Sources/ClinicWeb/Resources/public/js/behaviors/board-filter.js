// The counts above the board show or fade the bookings of a state, or of a size of item; kept while the window is open.
const KEY = "menya.board.hidden";
const hidden = new Set(stored());

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

const nameOfKey = ({ dataset }) => dataset.state ?? `size:${dataset.size}`;

export default function (element, { signal }) {
  function show() {
    for (const key of element.querySelectorAll(".key")) key.setAttribute("aria-pressed", String(!hidden.has(nameOfKey(key))));
    for (const card of document.querySelectorAll("#board-grid .appt")) {
      card.toggleAttribute("data-faded", hidden.has(card.dataset.state) || hidden.has(`size:${card.dataset.size}`));
    }
  }
  element.addEventListener("click", (event) => {
    const key = event.target.closest(".key");
    if (!key) return;
    const name = nameOfKey(key);
    if (hidden.has(name)) hidden.delete(name);
    else hidden.add(name);
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...hidden]));
    } catch {
      // Without storage the choice lasts until the next page.
    }
    show();
  }, { signal });
  // A column that was fetched again knows nothing of the choice.
  document.addEventListener("live:replaced", show, { signal });
  show();
}
