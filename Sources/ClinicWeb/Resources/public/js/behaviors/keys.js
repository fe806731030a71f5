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

/** One step: out of an open menu, out of a field, then back to where the page came from. */
function stepBack(event) {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("dialog, [popover]") || document.querySelector("dialog[open]")) return;
  // The browser empties a search box first.
  if (event.target.matches('input[type="search"]') && event.target.value !== "") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (document.activeElement?.matches("input, select, textarea")) {
    document.activeElement.blur();
  } else {
    const back = document.querySelector("a[data-back]");
    if (!back) return;
    back.click();
  }
  event.preventDefault();
}

function isVisible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}
