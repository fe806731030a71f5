// <div data-live="reception chairs" data-live-src="/reception/queue">…</div>: the content is fetched again when one of
// the topics changes. What the person is working in is not replaced; a button 有更新 offers it instead. Where elements carry
// versions (data-part, data-v) only those that changed are fetched and replaced.
import { coalesce } from "../lib/coalesce.js";
import { haveOf } from "../lib/live-parts.js";
import { concerns } from "../lib/topics.js";
import { noteContact, onLive } from "../live/client.js";

export default function (element, { signal }) {
  /** What waits to be shown: { content, isParts }. Parts are always those that differ from what is shown. */
  let waiting = null;

  const refresh = coalesce(async () => {
    if (signal.aborted) return;
    let response;
    try {
      const have = haveOf(element);
      const headers = { "X-Menya-Live": "1", ...(have ? { "X-Menya-Have": have } : {}) };
      response = await fetch(element.dataset.liveSrc, { headers, signal });
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
    if (response.status === 204) {
      // What waited was taken back meanwhile.
      waiting = null;
      element.querySelector(":scope > .live-new")?.remove();
      return;
    }
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    waiting = { content: template.content, isParts: response.headers.has("X-Menya-Parts") };
    if (isBusy(element, waiting)) offer();
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
    const { content, isParts } = waiting;
    waiting = null;
    const focusID = element.contains(document.activeElement) ? document.activeElement.id : "";
    const places = scrollPlaces(element);
    if (isParts) replaceParts(element, content);
    else element.replaceChildren(content);
    for (const [id, top] of places) {
      const scrolled = id === "" ? element : document.getElementById(id);
      if (scrolled) scrolled.scrollTop = top;
    }
    if (focusID && document.activeElement?.id !== focusID) document.getElementById(focusID)?.focus({ preventScroll: true });
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

const partOf = (element, name) => element.querySelector(`[data-part="${CSS.escape(name)}"]`);

function replaceParts(element, content) {
  element.querySelector(":scope > .live-new")?.remove();
  for (const part of [...content.querySelectorAll("[data-part]")]) partOf(element, part.dataset.part)?.replaceWith(part);
}

function isBusy(element, { content, isParts }) {
  if (element.querySelector("[data-moving], [data-dragging], details.menu[open], dialog[open], :popover-open")) return true;
  const focus = document.activeElement;
  if (!focus || focus === document.body || !element.contains(focus) || focus.classList.contains("live-new")) return false;
  if (isParts) {
    const own = focus.closest("[data-part]")?.dataset.part;
    // The part the person is in stays as it is.
    if (!own || !content.querySelector(`[data-part="${CSS.escape(own)}"]`)) return false;
  }
  if (focus.matches("input, textarea, select, [contenteditable]")) return true;
  // A button keeps its focus through its id; without one it must stay where it is.
  return !focus.id || !content.querySelector(`#${CSS.escape(focus.id)}`);
}

function scrollPlaces(element) {
  const places = [["", element.scrollTop]];
  for (const scrolled of element.querySelectorAll(".scroll[id]")) places.push([scrolled.id, scrolled.scrollTop]);
  return places;
}
