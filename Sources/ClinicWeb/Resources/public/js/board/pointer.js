// Dragging with the mouse, and with a finger that rests on a booking first: without resting it scrolls.
import { clampStart, rowAt } from "../lib/board-grid.js";

const REST = 350;

export function followPointer(board, mover, { signal }) {
  const { root } = board;
  const tray = document.getElementById("board-tray");
  let press = null;

  document.addEventListener("pointerdown", (event) => {
    const element = event.target.closest(".board-live .appt, .tray-item");
    if (!element || event.button !== 0 || mover.current() || event.target.closest("button, form, .tray-item a")) return;
    const isHandle = event.target.classList.contains("handle");
    if (isHandle ? !("resizable" in element.dataset) : !("movable" in element.dataset)) return;
    press = {
      element, isHandle, x: event.clientX, y: event.clientY, id: event.pointerId, isDrag: false, isTouch: event.pointerType === "touch",
      offset: "carry" in element.dataset ? 6 : event.clientY - element.getBoundingClientRect().top, timer: null,
    };
    if (press.isTouch) press.timer = setTimeout(lift, isHandle ? 0 : REST);
  }, { signal });

  function lift() {
    if (!press) return;
    press.isDrag = mover.begin(press.element);
    if (!press.isDrag) press = null;
  }

  // A finger that has lifted a booking moves the booking, not the page.
  root.addEventListener("touchmove", (event) => {
    if (press?.isDrag && event.cancelable) event.preventDefault();
  }, { signal, passive: false });
  root.addEventListener("contextmenu", (event) => {
    if (press?.isTouch) event.preventDefault();
  }, { signal });

  addEventListener("pointermove", (event) => {
    if (!press || event.pointerId !== press.id) return;
    if (!press.isDrag) {
      const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) >= (press.isTouch ? 10 : 5);
      if (!far) return;
      if (press.isTouch) return cancel();
      tray?.removeAttribute("open");
      lift();
    }
    const moving = mover.current();
    if (!press || !moving) return;
    event.preventDefault();
    const overTray = Boolean(document.elementFromPoint(event.clientX, event.clientY)?.closest("#board-tray"));
    tray?.toggleAttribute("data-over", overTray);
    if (!overTray) mover.go(placeAt(event, moving));
  }, { signal });

  function placeAt(event, moving) {
    const rows = board.rows();
    const body = board.body().getBoundingClientRect();
    if (press.isHandle) {
      const last = rowAt(event.clientY - body.top, body.height, rows);
      return { ...moving.from, units: Math.max(1, last - moving.from.row + 1) };
    }
    const found = board.drops().findIndex((column) => {
      const box = column.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    });
    const row = rowAt(event.clientY - press.offset - body.top + body.height / rows / 2, body.height, rows);
    return { column: found < 0 ? moving.at.column : found, row: clampStart(row, moving.at.units, rows), units: moving.at.units };
  }

  function cancel() {
    clearTimeout(press?.timer);
    press = null;
    tray?.removeAttribute("data-over");
  }

  addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const { isDrag, element } = press;
    const overTray = tray?.hasAttribute("data-over") ?? false;
    cancel();
    if (!isDrag) return;
    // The click that may follow a drag is not a click on the booking.
    const swallow = new AbortController();
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, {
      capture: true, once: true, signal: swallow.signal,
    });
    setTimeout(async () => {
      swallow.abort();
      if (overTray && !("carry" in element.dataset)) {
        mover.toTray(element);
        return;
      }
      await mover.drop();
      if (mover.current() && !mover.isOpen()) mover.stop();
    });
  }, { signal });
  addEventListener("pointercancel", (event) => {
    if (event.pointerId !== press?.id) return;
    cancel();
    mover.stop();
  }, { signal });
  root.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
}
