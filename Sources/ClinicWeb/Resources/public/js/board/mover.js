// A booking on its way to another place: the ghost asks the server before the drop and names whom it would hit. What is
// carried may come from the grid or from the tray (待定); it keeps its old place until it is dropped.
import { clampStart, clock, slotIn, stepped } from "../lib/board-grid.js";

export function makeMover(board, side, { signal }) {
  const { root } = board;
  const dialog = document.getElementById("move-dialog");
  const lengthForm = document.getElementById("length-form");
  const trayForm = document.getElementById("tray-form");
  let moving = null;

  // MARK: carrying

  /** @param unit where to begin, when the address says so. */
  function begin(element, { unit } = {}) {
    const drops = board.drops();
    if (drops.length === 0) return false;
    const isTray = "carry" in element.dataset;
    const home = isTray ? null : element.closest(".col, .strip").dataset.column;
    const units = Number(element.dataset.units);
    let column = drops.findIndex((drop) => (isTray ? drop.dataset.doctor === element.dataset.doctor : drop.dataset.column === home));
    const row = clampStart((unit ?? Number(element.dataset.unit)) - board.first(), units, board.rows());
    const from = isTray || column < 0 ? null : { column, row, units };
    if (column < 0) column = 0;
    const name = element.querySelector("b")?.textContent ?? "";
    moving = { element, name, isTray, from, at: null, ghost: document.createElement("div"), answer: null, timer: null };
    moving.ghost.setAttribute("role", "status");
    moving.ghost.dataset.dragging = "";
    element.setAttribute("data-moving", "");
    go({ column, row, units });
    return true;
  }

  function go(place) {
    const at = moving.at;
    if (at && at.column === place.column && at.row === place.row && at.units === place.units) return;
    moving.at = place;
    moving.answer = null;
    const unit = board.first() + place.row;
    moving.ghost.className = `ghost r-${place.row + 1} span-${place.units}`;
    moving.ghost.removeAttribute("data-ok");
    moving.ghost.textContent = `${moving.name} ${clock(unit)}–${clock(unit + place.units)} 正在看…`;
    board.drops()[place.column].append(moving.ghost);
    moving.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    hit([]);
    clearTimeout(moving.timer);
    moving.timer = setTimeout(ask, 60);
  }

  function target() {
    const { element, at } = moving;
    return slotIn(board.drops()[at.column].dataset, element.dataset, board.first() + at.row, at.units);
  }

  async function ask() {
    const move = moving;
    if (!move) return null;
    const place = move.at;
    const query = new URLSearchParams({ appointment: board.idOf(move.element), ...target() });
    try {
      const response = await fetch(`${root.dataset.check}?${query}`, { headers: { Accept: "application/json" }, signal });
      const body = await response.json();
      if (moving !== move || move.at !== place) return null;
      const answer = response.ok
        ? body : { fits: false, place: "", problems: [body.error?.message ?? "没有查到，请重试"], hits: [], options: [] };
      show(move, answer);
      return answer;
    } catch (error) {
      if (error.name !== "AbortError" && moving === move) move.ghost.textContent = "与服务器断开，放不了";
      return null;
    }
  }

  function show(move, answer) {
    move.answer = answer;
    move.ghost.toggleAttribute("data-ok", answer.fits);
    const place = document.createElement("b");
    place.textContent = answer.place || "";
    const words = answer.fits
      ? (answer.needsOverride ? " 排班以外，要写原因" : " 放得下") : ` 放不下：${answer.problems[0]}`;
    move.ghost.replaceChildren(`${move.name} `, place, words);
    hit(answer.hits);
    side.offer(answer.options, choose);
  }

  /** Whom the drop would hit. */
  function hit(ids) {
    for (const other of root.querySelectorAll("[data-hit]")) other.removeAttribute("data-hit");
    for (const id of ids) board.card(id)?.setAttribute("data-hit", "");
  }

  function choose(option) {
    const column = board.drops().findIndex((drop) => drop.dataset.day === option.day
      && (drop.dataset.doctor === option.doctor || !drop.dataset.doctor));
    if (column >= 0) {
      go({ column, row: clampStart(option.unit - board.first(), moving.at.units, board.rows()), units: moving.at.units });
      return;
    }
    const address = new URL(location.href);
    address.searchParams.set("day", option.day);
    carryTo(address, option.unit);
  }

  function stop() {
    if (!moving) return;
    const { element, timer, ghost } = moving;
    clearTimeout(timer);
    ghost.remove();
    element.removeAttribute("data-moving");
    hit([]);
    side.offer([], choose);
    moving = null;
    element.focus({ preventScroll: true });
  }

  // MARK: dropping

  async function drop() {
    const move = moving;
    // Put back with Esc while the pointer was still down.
    if (!move) return;
    const { from, at } = move;
    if (isHome(move)) {
      stop();
      return;
    }
    clearTimeout(move.timer);
    const answer = move.answer ?? await ask();
    // On a conflict nothing changes; the ghost has said whom it hits.
    if (moving !== move || !answer?.fits) return;
    if (from && from.column === at.column && from.row === at.row && !answer.needsOverride) sendLength();
    else confirm(answer);
  }

  function isHome({ from, at }) {
    return from && from.column === at.column && from.row === at.row && from.units === at.units;
  }

  function confirm(answer) {
    const { element } = moving;
    const form = dialog.querySelector("form");
    form.action = `${board.hrefOf(element)}/slot`;
    for (const [name, value] of Object.entries({ version: element.dataset.version, ...target() })) form.elements[name].value = value;
    dialog.querySelector("[data-move-place]").textContent = answer.place;
    dialog.querySelector("[data-move-from]").textContent = `原来：${element.getAttribute("aria-label")}`;
    reveal("doctor", answer.changesDoctor);
    reveal("override", answer.needsOverride);
    dialog.showModal();
    form.elements.reason.focus();
  }

  function reveal(name, isShown) {
    const field = dialog.querySelector(`[data-when="${name}"]`);
    field.hidden = !isShown;
    const choice = field.querySelector("select");
    choice.required = isShown && name === "override";
    if (!isShown) choice.value = "";
  }

  function sendLength() {
    lengthForm.action = `${board.hrefOf(moving.element)}/length`;
    lengthForm.elements.version.value = moving.element.dataset.version;
    lengthForm.elements.units.value = String(moving.at.units);
    lengthForm.submit();
  }

  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  }, { signal });
  dialog?.addEventListener("close", stop, { signal });

  // MARK: the tray

  /** Puts a booking away; it keeps its place. */
  function toTray(element) {
    send(element, new URL(location.href), false);
  }

  /** Takes what is carried along to another day. */
  function carryTo(address, unit) {
    const url = new URL(address, location.href);
    if (unit !== undefined) url.searchParams.set("unit", String(unit));
    if (moving.isTray) {
      url.searchParams.delete("pick");
      url.searchParams.set("carry", board.idOf(moving.element));
      location.assign(url);
    } else {
      send(moving.element, url, true);
    }
  }

  function send(element, url, carries) {
    for (const name of ["pick", "carry"]) url.searchParams.delete(name);
    trayForm.action = `${board.hrefOf(element)}/tray`;
    trayForm.elements.back.value = url.pathname + url.search;
    trayForm.elements.carry.value = carries ? "1" : "";
    trayForm.submit();
  }

  return {
    begin, go, drop, stop, toTray, carryTo,
    isOpen: () => dialog?.open ?? false,
    current: () => moving,
    step(key) {
      if ("movable" in moving.element.dataset) go(stepped(moving.at, key, { rows: board.rows(), columns: board.drops().length }));
    },
    lengthen(by) {
      const { at } = moving;
      go({ ...at, units: Math.max(1, Math.min(board.rows() - at.row, at.units + by)) });
    },
  };
}
