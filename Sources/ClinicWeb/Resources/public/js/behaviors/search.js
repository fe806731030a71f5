// The search box: / or Ctrl-K from anywhere, hits while typing, arrows and Enter. Without scripts it is a plain form.
import { belongsToField } from "../lib/keys.js";
import { moved } from "../lib/selection.js";

export default function (form, { signal }) {
  const field = form.querySelector('input[type="search"]');
  let palette = null;

  document.addEventListener("keydown", (event) => {
    const isSlash = (event.key === "/" || event.key === "／") && !belongsToField(event) && !event.ctrlKey;
    const isCtrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!isSlash && !isCtrlK) return;
    event.preventDefault();
    open();
  }, { signal });
  field.addEventListener("focus", open, { signal });

  function open() {
    palette ??= makePalette(form.action, field.placeholder);
    if (palette.open) return;
    field.blur();
    palette.showModal();
    palette.querySelector("input").select();
  }
  signal.addEventListener("abort", () => palette?.remove());
}

function makePalette(action, placeholder) {
  const dialog = document.createElement("dialog");
  dialog.className = "palette";
  dialog.setAttribute("aria-label", "查找");
  dialog.innerHTML = `<form class="search" method="get"><svg class="i" aria-hidden="true"><use href="#i-search"/></svg>
    <input type="search" name="q" role="combobox" aria-expanded="true" aria-controls="palette-hits" aria-label="找人、页面、话术"
      autocomplete="off" spellcheck="false"><kbd>Esc</kbd></form><div class="hits" id="palette-hits" role="listbox" aria-label="结果"></div>`;
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const hits = dialog.querySelector(".hits");
  form.action = action;
  input.placeholder = placeholder;
  let selected = -1;
  let isComposing = false;
  let asked = "";
  let timer = null;
  let pending = null;

  async function ask() {
    const text = input.value.trim();
    if (isComposing || text === asked) return;
    asked = text;
    pending?.abort();
    if (text === "") {
      hits.replaceChildren();
      return;
    }
    pending = new AbortController();
    try {
      const address = new URL(action);
      address.searchParams.set("q", text);
      const response = await fetch(address, { headers: { "X-Menya-Part": "1" }, signal: pending.signal });
      if (response.status === 401) location.reload();
      hits.innerHTML = await response.text();
      for (const hit of hits.querySelectorAll("a")) hit.setAttribute("role", "option");
      select(hits.querySelector("a") ? 0 : -1);
    } catch (error) {
      if (error.name !== "AbortError") hits.innerHTML = '<p class="muted">没有查到：与服务器断开，请稍候重试</p>';
    }
  }

  function select(index) {
    const list = [...hits.querySelectorAll("a")];
    selected = index;
    list.forEach((hit, position) => hit.setAttribute("aria-selected", String(position === index)));
    if (!list[index]) return;
    list[index].id ||= `hit-${index}`;
    input.setAttribute("aria-activedescendant", list[index].id);
    list[index].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("compositionstart", () => { isComposing = true; });
  input.addEventListener("compositionend", () => {
    isComposing = false;
    ask();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 80);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      // A search field would take the first Esc for emptying itself.
      event.preventDefault();
      dialog.close();
      return;
    }
    const list = hits.querySelectorAll("a");
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      select(moved(selected, event.key, list.length));
    } else if (event.key === "Enter" && list[selected] && asked === input.value.trim()) {
      event.preventDefault();
      list[selected].click();
    }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return dialog;
}
