// Shortcuts are printed on what they press: <button data-key="n">新预约 <kbd>N</kbd></button>.
import { actsInFields, belongsToField, nameOf } from "../lib/keys.js";

export default function (element, { signal }) {
  element.addEventListener("keydown", (event) => {
    const name = nameOf(event);
    if (!name || event.repeat) return;
    if (name === "Escape") {
      stepBack(event);
      return;
    }
    if (event.isComposing || event.key === "Process") return;
    if (belongsToField(event) && !actsInFields(name)) return;
    const place = document.querySelector("dialog[open]") ?? document;
    const target = [...place.querySelectorAll("[data-key]")].find(
      (candidate) => candidate.dataset.key.split(" ").includes(name) && !candidate.disabled && isVisible(candidate));
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
  }, { signal });
}

function stepBack(event) {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.preventDefault();
}

function isVisible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}
