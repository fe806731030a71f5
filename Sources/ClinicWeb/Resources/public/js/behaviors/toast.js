// Messages go by themselves: after 10 s when they can be undone, after 5 s otherwise; not while pointed at or focused.
const plain = 5_000;
const undoable = 10_000;

export default function (region, { signal }) {
  for (const toast of region.children) leave(toast);
  document.addEventListener("toast", ({ detail }) => region.append(leave(make(detail))), { signal });
}

function make({ text, tone = "done" }) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.tone = tone;
  toast.setAttribute("role", tone === "danger" ? "alert" : "status");
  toast.textContent = text;
  return toast;
}

function leave(toast) {
  let left = toast.querySelector("form") ? undoable : plain;
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    left -= 500;
    if (left > 0) return;
    clearInterval(timer);
    toast.remove();
  }, 500);
  return toast;
}
