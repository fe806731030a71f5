// <div data-live="reception chairs" data-live-src="/reception/queue">…</div>: the content is fetched again when one of
// the topics changes. What the person is working in is not replaced; a button 有更新 offers it instead.
import { coalesce } from "../lib/coalesce.js";
import { concerns } from "../lib/topics.js";
import { noteContact, onLive } from "../live/client.js";

export default function (element, { signal }) {
  let waiting = null;

  const refresh = coalesce(async () => {
    if (signal.aborted) return;
    let response;
    try {
      response = await fetch(element.dataset.liveSrc, { headers: { "X-Menya-Live": "1" }, signal });
    } catch {
      if (!signal.aborted) noteContact(false);
      return;
    }
    if (response.status === 401 || response.redirected) {
      location.reload();
      return;
    }
    noteContact(response.status < 500);
    if (!response.ok) return;
    const text = await response.text();
    waiting = text;
    if (isBusy(element, text)) offer();
    else apply();
  });

  function offer() {
    if (element.querySelector(":scope > .live-new")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "live-new";
    button.textContent = "有更新";
    button.addEventListener("click", apply, { signal });
    element.prepend(button);
  }

  function apply() {
    if (waiting === null) return;
    const focusID = element.contains(document.activeElement) ? document.activeElement.id : "";
    const places = scrollPlaces(element);
    const template = document.createElement("template");
    template.innerHTML = waiting;
    waiting = null;
    element.replaceChildren(template.content);
    for (const [id, top] of places) {
      const scrolled = id === "" ? element : document.getElementById(id);
      if (scrolled) scrolled.scrollTop = top;
    }
    if (focusID) document.getElementById(focusID)?.focus({ preventScroll: true });
    element.dispatchEvent(new CustomEvent("live:replaced", { bubbles: true }));
  }

  onLive((message) => {
    if (message.type === "refresh") refresh();
    if (message.type === "change" && concerns(element.dataset.live, message.topics)) refresh();
  }, signal);
  element.addEventListener("live:refresh", refresh, { signal });
  // The person has left the field: what waited may come in.
  element.addEventListener("focusout", () => {
    setTimeout(() => { if (waiting !== null && !isBusy(element, waiting)) apply(); });
  }, { signal });
}

function isBusy(element, text) {
  if (element.querySelector("[data-moving], [data-dragging], details.menu[open], dialog[open], :popover-open")) return true;
  const focus = document.activeElement;
  if (!focus || focus === document.body || !element.contains(focus) || focus.classList.contains("live-new")) return false;
  if (focus.matches("input, textarea, select, [contenteditable]")) return true;
  // A button keeps its focus through its id; without one it must stay where it is.
  return !focus.id || !text.includes(`id="${focus.id}"`);
}

function scrollPlaces(element) {
  const places = [["", element.scrollTop]];
  for (const scrolled of element.querySelectorAll(".scroll[id]")) places.push([scrolled.id, scrolled.scrollTop]);
  return places;
}
