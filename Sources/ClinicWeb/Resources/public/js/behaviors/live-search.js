// <form data-behavior="live-search" data-src="/patients/search" data-target="hits">: hits while typing, not while composing.
// The target is hidden while nothing is typed; #browse beside it shows what can be chosen without searching.
export default function (form, { signal }) {
  const field = form.querySelector('input[type="search"]');
  const target = document.getElementById(form.dataset.target);
  const browse = document.getElementById("browse");
  if (!field || !target) return;
  let isComposing = false;
  let asked = field.value.trim();
  let timer = null;
  let pending = null;

  async function ask() {
    const text = field.value.trim();
    if (isComposing || text === asked) return;
    asked = text;
    pending?.abort();
    target.hidden = text === "";
    if (browse) browse.hidden = text !== "";
    if (text === "") return;
    pending = new AbortController();
    const address = new URL(form.dataset.src, location.href);
    address.searchParams.set("q", text);
    try {
      const response = await fetch(address, { headers: { "X-Menya-Part": "1" }, signal: pending.signal });
      if (response.status === 401) location.reload();
      target.innerHTML = await response.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = "";
      target.innerHTML = '<p class="empty">没有查到：与服务器断开，请稍候重试</p>';
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, 80);
  }

  field.addEventListener("compositionstart", () => { isComposing = true; }, { signal });
  field.addEventListener("compositionend", () => {
    isComposing = false;
    soon();
  }, { signal });
  field.addEventListener("input", soon, { signal });
  signal.addEventListener("abort", () => pending?.abort());
}
