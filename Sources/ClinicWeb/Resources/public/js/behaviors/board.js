// The appointment board: walk over its cells, choose, drag, resize, carry to another day, and the same from the keyboard.
// What may be moved carries data-movable, what may change its length data-resizable; the server decides, this only asks.
import { makeCursor } from "../board/cursor.js";
import { gridOf } from "../board/grid.js";
import { makeMover } from "../board/mover.js";
import { followPointer } from "../board/pointer.js";
import { makeSide } from "../board/side.js";
import { belongsToField, nameOf } from "../lib/keys.js";

export default function (root, { signal }) {
  const board = gridOf(root);
  const side = makeSide(board, { signal });
  const mover = makeMover(board, side, { signal });
  const cursor = makeCursor(board, { signal, moved: arrived });
  followPointer(board, mover, { signal });

  // MARK: the cell cursor

  /** N books where the cursor is; a booking under it is chosen once the cursor rests. */
  function arrived({ element, lane, row }) {
    const link = document.querySelector("[data-new]");
    if (link) link.href = element.classList.contains("free") ? element.getAttribute("href") : newBookingAt(lane, element, row);
    if (element.classList.contains("appt") && document.activeElement === element) side.select(element, { opens: false, wait: 150 });
  }

  function newBookingAt(lane, card, row) {
    const column = lane.classList.contains("strip") ? lane.previousElementSibling : lane;
    const query = new URLSearchParams({ day: column.dataset.day, unit: String(row), doctor: column.dataset.doctor || card.dataset.doctor });
    return `/appointments/new?${query}`;
  }

  function drawn() {
    for (const element of root.querySelectorAll(".appt[data-resizable]")) {
      if (element.querySelector(".handle")) continue;
      const handle = document.createElement("span");
      handle.className = "handle";
      handle.setAttribute("aria-hidden", "true");
      element.append(handle);
    }
    side.mark();
    cursor.restore();
  }
  root.addEventListener("live:replaced", drawn, { signal });
  root.addEventListener("pointerover", (event) => {
    const element = event.target.closest(".appt, .free");
    if (element && !element.title) element.title = element.getAttribute("aria-label");
  }, { signal });

  root.addEventListener("click", (event) => {
    const element = event.target.closest(".appt[href]");
    // Enter opens the booking's page; so does a second click.
    if (!element || event.detail === 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (event.detail > 1) location.assign(element.href);
    else {
      cursor.focus(element);
      side.select(element);
    }
  }, { signal });

  // MARK: keyboard. Before the page's own shortcuts: what is carried takes [ ] T along.

  document.addEventListener("keydown", (event) => {
    if (belongsToField(event) || document.querySelector("dialog[open]") || !board.grid()) return;
    const name = nameOf(event);
    if (!name || name.startsWith("ctrl+")) return;
    if (mover.current() ? steer(name) : walk(event, name)) event.preventDefault();
  }, { capture: true, signal });

  function walk(event, name) {
    const isHere = document.activeElement === document.body || root.contains(document.activeElement);
    if (/^(Arrow|Home$|End$)/.test(name)) {
      if (!isHere) return false;
      cursor.press(name);
      return true;
    }
    const chosen = side.element();
    switch (name) {
      case "m": return Boolean(chosen && "movable" in chosen.dataset && mover.begin(chosen));
      case "h":
        if (!chosen || !("movable" in chosen.dataset)) return false;
        mover.toTray(chosen);
        return true;
      case "p": return lift(document.querySelector(".tray-item"));
      case "+": case "=": case "-":
        if (!chosen || !("resizable" in chosen.dataset) || !mover.begin(chosen)) return false;
        mover.lengthen(name === "-" ? -1 : 1);
        return true;
      case "Escape": return !document.querySelector("details.menu[open]") && side.close();
      default: return false;
    }
  }

  function steer(name) {
    const { element } = mover.current();
    const step = document.querySelector(`[data-step][data-key~="${CSS.escape(name)}"]`);
    if (name === "Escape") mover.stop();
    else if (name === "Enter") mover.drop();
    else if (name === "+" || name === "=") mover.lengthen(1);
    else if (name === "-") mover.lengthen(-1);
    else if (name.startsWith("Arrow")) mover.step(name);
    else if (/^[1-9]$/.test(name)) side.choice(Number(name))?.click();
    else if (name === "h" && !("carry" in element.dataset)) mover.toTray(element);
    else if (name === "p") lift(nextInTray(element));
    else if (step && "movable" in element.dataset) mover.carryTo(step.href);
    return true;
  }

  // MARK: the tray

  function lift(item) {
    if (!item) return false;
    mover.stop();
    document.getElementById("board-tray")?.removeAttribute("open");
    document.activeElement?.blur();
    return mover.begin(board.card(item.dataset.carry) ?? item);
  }

  function nextInTray(element) {
    const items = [...document.querySelectorAll(".tray-item")];
    const at = items.findIndex((item) => item.dataset.carry === board.idOf(element));
    return items[(at + 1) % items.length] ?? null;
  }

  document.getElementById("board-tray")?.addEventListener("click", (event) => {
    if (event.target.closest("[data-lift]")) lift(event.target.closest(".tray-item"));
  }, { signal });

  /** The address says that something is carried here. */
  function carryOn() {
    const query = new URLSearchParams(location.search);
    const id = query.get("carry");
    if (!id) return;
    const item = board.card(id) ?? [...document.querySelectorAll(".tray-item")].find((one) => one.dataset.carry === id);
    const unit = query.has("unit") ? Number(query.get("unit")) : undefined;
    query.delete("carry");
    query.delete("unit");
    history.replaceState(history.state, "", `${location.pathname}?${query}`);
    if (item) mover.begin(item, { unit });
  }

  drawn();
  const chosen = side.element();
  if (chosen && document.activeElement === document.body) cursor.focus(chosen);
  else cursor.focusAgain();
  if (board.grid()) carryOn();

  // Other clinics tell nothing here: their columns are fetched again now and then.
  const seconds = Number(board.grid()?.dataset.update ?? 0);
  if (seconds > 0) {
    const timer = setInterval(() => root.dispatchEvent(new Event("live:refresh")), seconds * 1_000);
    signal.addEventListener("abort", () => clearInterval(timer));
  }
  root.dataset.ready = "";
}
