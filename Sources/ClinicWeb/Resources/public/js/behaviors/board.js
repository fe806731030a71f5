// The appointment board: select, drag, resize, and the same from the keyboard (arrows, M, + −, Enter, Esc).
// What may be moved carries data-movable, what may change its length data-resizable; the server decides, this only asks.
import { belongsToField, nameOf } from "../lib/keys.js";
import { clampStart, neighbour, rowAt, stepped } from "../lib/board-grid.js";

export default function (root, { signal }) {
  const side = document.getElementById("board-side");
  const dialog = document.getElementById("move-dialog");
  const lengthForm = document.getElementById("length-form");
  let selected = new URLSearchParams(location.search).get("pick") ?? "";
  let moving = null;

  const grid = () => root.querySelector("#board-grid");
  const columns = () => [...root.querySelectorAll(".col")];
  const card = (id) => (id ? document.getElementById(`a-${id}`) : null);
  const idOf = (element) => element.id.slice(2);

  // MARK: selecting

  async function select(element, { load = true } = {}) {
    for (const other of root.querySelectorAll(".appt[data-selected]")) other.removeAttribute("data-selected");
    selected = element ? idOf(element) : "";
    if (!element) return;
    element.setAttribute("data-selected", "");
    element.focus({ preventScroll: false });
    if (!load) return;
    try {
      const response = await fetch(`${element.getAttribute("href")}/panel`, { headers: { "X-Menya-Part": "1" }, signal });
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      if (selected !== idOf(element)) return;
      const hints = side.querySelector("[data-board-hints]");
      side.innerHTML = text;
      if (hints) side.append(hints);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(element.href);
    }
  }

  function decorate() {
    for (const element of root.querySelectorAll(".appt[data-resizable]")) {
      if (element.querySelector(".handle")) continue;
      const handle = document.createElement("span");
      handle.className = "handle";
      handle.setAttribute("aria-hidden", "true");
      element.append(handle);
    }
    card(selected)?.setAttribute("data-selected", "");
  }
  root.addEventListener("live:replaced", decorate, { signal });
  decorate();

  // MARK: moving

  function begin(element) {
    const column = columns().indexOf(element.closest(".col"));
    const first = Number(grid().dataset.first);
    moving = {
      element, from: { column, row: Number(element.dataset.unit) - first, units: Number(element.dataset.units) },
      at: null, ghost: document.createElement("div"), answer: null, timer: null, asked: "",
    };
    moving.ghost.setAttribute("role", "status");
    element.setAttribute("data-moving", "");
    go({ ...moving.from });
  }

  function go(place) {
    const at = moving.at;
    if (at && at.column === place.column && at.row === place.row && at.units === place.units) return;
    moving.at = place;
    moving.answer = null;
    const unit = Number(grid().dataset.first) + place.row;
    moving.ghost.className = `ghost r-${place.row + 1} span-${place.units}`;
    moving.ghost.removeAttribute("data-ok");
    moving.ghost.textContent = `${clock(unit)}–${clock(unit + place.units)} 正在看…`;
    columns()[place.column].append(moving.ghost);
    moving.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    clearTimeout(moving.timer);
    moving.timer = setTimeout(ask, 60);
  }

  function target() {
    const column = columns()[moving.at.column].dataset.column;
    const byDoctor = grid().dataset.by === "doctor";
    const { element, at } = moving;
    return {
      day: grid().dataset.day, unit: String(Number(grid().dataset.first) + at.row), units: String(at.units),
      doctor: byDoctor ? column : element.dataset.doctor, chair: byDoctor ? element.dataset.chair : column,
    };
  }

  async function ask() {
    const move = moving;
    if (!move) return null;
    const place = move.at;
    const query = new URLSearchParams({ appointment: idOf(move.element), ...target() });
    try {
      const response = await fetch(`${root.dataset.check}?${query}`, { headers: { Accept: "application/json" }, signal });
      const body = await response.json();
      if (moving !== move || move.at !== place) return null;
      const answer = response.ok ? body : { fits: false, place: "", problems: [body.error?.message ?? "没有查到，请重试"] };
      move.answer = answer;
      move.ghost.toggleAttribute("data-ok", answer.fits);
      move.ghost.replaceChildren(strong(answer.place || ""), document.createTextNode(
        answer.fits ? (answer.needsOverride ? " 排班以外，要写原因" : " 放得下") : ` 放不下：${answer.problems[0]}`));
      return answer;
    } catch (error) {
      if (error.name !== "AbortError" && moving === move) move.ghost.textContent = "与服务器断开，放不了";
      return null;
    }
  }

  function stop() {
    if (!moving) return;
    clearTimeout(moving.timer);
    moving.ghost.remove();
    moving.element.removeAttribute("data-moving");
    moving.element.focus({ preventScroll: true });
    moving = null;
  }

  async function drop() {
    const move = moving;
    // Put back with Esc while the pointer was still down.
    if (!move) return undefined;
    const { from, at, element } = move;
    if (from.column === at.column && from.row === at.row && from.units === at.units) return stop();
    clearTimeout(move.timer);
    const answer = move.answer ?? await ask();
    // On a conflict nothing changes; the ghost has said whom it hits.
    if (moving !== move || !answer?.fits) return undefined;
    if (from.column === at.column && from.row === at.row && !answer.needsOverride) return sendLength();
    const form = dialog.querySelector("form");
    form.action = `${element.getAttribute("href")}/slot`;
    for (const [name, value] of Object.entries({ version: element.dataset.version, ...target() })) form.elements[name].value = value;
    dialog.querySelector("[data-move-place]").textContent = answer.place;
    dialog.querySelector("[data-move-from]").textContent = `原来：${element.title}`;
    reveal("doctor", answer.changesDoctor);
    reveal("override", answer.needsOverride);
    dialog.showModal();
    form.elements.reason.focus();
    return undefined;
  }

  function reveal(name, isShown) {
    const field = dialog.querySelector(`[data-when="${name}"]`);
    field.hidden = !isShown;
    const choice = field.querySelector("select");
    choice.required = isShown && name === "override";
    if (!isShown) choice.value = "";
  }

  function sendLength() {
    lengthForm.action = `${moving.element.getAttribute("href")}/length`;
    lengthForm.elements.version.value = moving.element.dataset.version;
    lengthForm.elements.units.value = String(moving.at.units);
    lengthForm.submit();
  }

  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  }, { signal });
  dialog?.addEventListener("close", stop, { signal });

  // MARK: pointer

  let press = null;
  root.addEventListener("pointerdown", (event) => {
    const element = event.target.closest(".appt");
    if (!element || event.button !== 0 || moving) return;
    const isHandle = event.target.classList.contains("handle");
    if (isHandle ? !("resizable" in element.dataset) : !("movable" in element.dataset)) return;
    press = { element, isHandle, x: event.clientX, y: event.clientY, id: event.pointerId, isDrag: false, offset: 0 };
    press.offset = event.clientY - element.getBoundingClientRect().top;
  }, { signal });

  addEventListener("pointermove", (event) => {
    if (!press || event.pointerId !== press.id) return;
    if (!press.isDrag) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < 5) return;
      press.isDrag = true;
      begin(press.element);
    }
    if (!moving) return;
    event.preventDefault();
    const rows = Number(grid().dataset.rows);
    const body = root.querySelector(".board-body").getBoundingClientRect();
    if (press.isHandle) {
      const last = rowAt(event.clientY - body.top, body.height, rows);
      go({ ...moving.from, units: Math.max(1, last - moving.from.row + 1) });
      return;
    }
    const found = columns().findIndex((column) => {
      const box = column.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    });
    const height = body.height / rows;
    const row = rowAt(event.clientY - press.offset - body.top + height / 2, body.height, rows);
    go({
      column: found < 0 ? moving.at.column : found, row: clampStart(row, moving.from.units, rows), units: moving.from.units,
    });
  }, { signal });

  addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const wasDrag = press.isDrag;
    press = null;
    if (!wasDrag) return;
    // The click that may follow a drag is not a click on the booking.
    const swallow = new AbortController();
    root.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, {
      capture: true, once: true, signal: swallow.signal,
    });
    setTimeout(async () => {
      swallow.abort();
      await drop();
      if (moving && !dialog.open) stop();
    });
  }, { signal });
  addEventListener("pointercancel", () => { press = null; stop(); }, { signal });
  root.addEventListener("dragstart", (event) => event.preventDefault(), { signal });

  root.addEventListener("click", (event) => {
    const element = event.target.closest(".appt");
    if (!element || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (selected === idOf(element) && event.detail > 1) location.assign(element.href);
    else select(element);
  }, { signal });

  // MARK: keyboard

  document.addEventListener("keydown", (event) => {
    if (belongsToField(event) || dialog?.open || document.querySelector("dialog[open]") || !grid()) return;
    const name = nameOf(event);
    if (moving) {
      steer(event, name);
      return;
    }
    const current = card(selected);
    if (name?.startsWith("Arrow") && (root.contains(document.activeElement) || document.activeElement === document.body)) {
      const all = cards();
      const next = neighbour(all, all.find((entry) => entry.element === current), name);
      if (next) {
        event.preventDefault();
        select(next.element);
      }
    } else if (current && name === "m" && "movable" in current.dataset) {
      event.preventDefault();
      begin(current);
    } else if (current && ["+", "=", "-"].includes(name) && "resizable" in current.dataset) {
      event.preventDefault();
      begin(current);
      lengthen(name === "-" ? -1 : 1);
    }
  }, { signal });

  function steer(event, name) {
    event.preventDefault();
    const rows = Number(grid().dataset.rows);
    if (name === "Escape") stop();
    else if (name === "Enter") drop();
    else if (["+", "="].includes(name)) lengthen(1);
    else if (name === "-") lengthen(-1);
    else if (name?.startsWith("Arrow") && "movable" in moving.element.dataset) {
      go(stepped(moving.at, name, { rows, columns: columns().length }));
    }
  }

  function lengthen(step) {
    const rows = Number(grid().dataset.rows);
    go({ ...moving.at, units: Math.max(1, Math.min(rows - moving.at.row, moving.at.units + step)) });
  }

  function cards() {
    return columns().flatMap((column, index) => [...column.querySelectorAll(".appt")].map(
      (element) => ({ element, column: index, row: Number(element.dataset.unit) })));
  }
}

function strong(text) {
  const element = document.createElement("b");
  element.textContent = text;
  return element;
}

function clock(unit) {
  return `${String(Math.floor(unit / 4)).padStart(2, "0")}:${String((unit % 4) * 15).padStart(2, "0")}`;
}
