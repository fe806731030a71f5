// The month is walked with the arrows: one day, or one week.
import { belongsToField, nameOf } from "../lib/keys.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export default function (table, { signal }) {
  const days = () => [...table.querySelectorAll(".month-day")];
  document.addEventListener("keydown", (event) => {
    const step = STEPS[nameOf(event)];
    if (!step || belongsToField(event)) return;
    if (document.activeElement !== document.body && !table.contains(document.activeElement)) return;
    const all = days();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? all.find((day) => day.getAttribute("aria-current") === "date") ?? all[0] : all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }, { signal });
}
