// A box to sign in with pen, finger or mouse. The strokes go into the hidden field that data-input names.
import { extend, pathOf, pointIn } from "../lib/strokes.js";

export default function (pad, { signal }) {
  const form = pad.closest("form");
  const input = form.elements[pad.dataset.input];
  const path = pad.querySelector("path");
  const svg = pad.querySelector("svg");
  let strokes = [];
  let pen = null;

  function draw() {
    const text = pathOf(strokes);
    path.setAttribute("d", text);
    input.value = text;
    pad.toggleAttribute("data-drawn", strokes.length > 0);
  }

  function add(event) {
    const rect = svg.getBoundingClientRect();
    // A fast pen reports several points at once.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length > 0 ? events : [event]) {
      strokes[strokes.length - 1] = extend(strokes.at(-1), pointIn(rect, one.clientX, one.clientY));
    }
    draw();
  }

  pad.addEventListener("pointerdown", (event) => {
    if (pen !== null || event.button !== 0) return;
    event.preventDefault();
    pen = event.pointerId;
    pad.setPointerCapture(pen);
    strokes.push([]);
    add(event);
  }, { signal });
  pad.addEventListener("pointermove", (event) => { if (event.pointerId === pen) add(event); }, { signal });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, (event) => { if (event.pointerId === pen) pen = null; }, { signal });
  }
  form.querySelector("[data-clear]")?.addEventListener("click", () => { strokes = []; draw(); }, { signal });
  form.querySelector("[data-undo]")?.addEventListener("click", () => { strokes = strokes.slice(0, -1); draw(); }, { signal });
}
