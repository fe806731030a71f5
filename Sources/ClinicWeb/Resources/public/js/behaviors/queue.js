// The queue from the keyboard: arrows choose a customer, C calls, R calls again, S skips, I leads in. What is chosen stays
// chosen when the list is fetched again or an action has drawn the page again; until somebody chooses, the first one counts.
import { belongsToField } from "../lib/keys.js";
import { moved } from "../lib/selection.js";

export default function (element, { signal }) {
  const memory = "menya-queue";
  let chosen = sessionStorage.getItem(memory) ?? "";
  const rows = () => [...element.querySelectorAll("[data-ticket]")];

  function show(scrolls = false) {
    const list = rows();
    const found = list.find((row) => row.id === chosen);
    const current = found ?? list[0];
    for (const row of list) {
      const isCurrent = row === current;
      if (isCurrent && found) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      for (const control of row.querySelectorAll("[data-queue-key]")) {
        if (isCurrent) control.dataset.key = control.dataset.queueKey;
        else delete control.dataset.key;
      }
    }
    if (scrolls) current?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || belongsToField(event)) return;
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const list = rows();
    if (list.length === 0) return;
    event.preventDefault();
    const index = list.findIndex((row) => row.id === chosen);
    chosen = list[moved(index, event.key, list.length)].id;
    sessionStorage.setItem(memory, chosen);
    show(true);
  }, { signal });
  element.addEventListener("live:replaced", () => show(), { signal });
  show();
}
