// Nobody touched any tab for the clinic's idle time: the session is locked and the PIN page shown.
const mark = "menya-last-input";

export default function (element, { signal }) {
  const limit = Number(element.dataset.idleMinutes) * 60_000;
  if (!(limit > 0)) return;
  let noted = 0;
  const note = () => {
    const now = Date.now();
    if (now - noted < 5_000) return;
    noted = now;
    localStorage.setItem(mark, String(now));
  };
  note();
  for (const type of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(type, note, { signal, passive: true, capture: true });
  }
  const timer = setInterval(async () => {
    if (Date.now() - Number(localStorage.getItem(mark) ?? 0) < limit) return;
    clearInterval(timer);
    const csrf = document.querySelector('meta[name="csrf"]').content;
    try {
      await fetch("/session/lock", { method: "POST", headers: { "X-CSRF-Token": csrf, "X-Menya-Live": "1" } });
    } finally {
      location.href = `/lock?next=${encodeURIComponent(location.pathname + location.search)}`;
    }
  }, 5_000);
  signal.addEventListener("abort", () => clearInterval(timer));
}
