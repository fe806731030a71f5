// The till: what is still missing, the change, and the keys. 1–4 go to a way of paying (data-key), = fills the rest,
// F2 is the cash received. Amounts in words come from the server only.
import { figures, fenOf, notesFor } from "../lib/money.js";
import { halfWidth } from "../lib/keys.js";

export default function (form, { signal }) {
  const due = Number(form.dataset.due);
  const pays = [...form.querySelectorAll("[data-pay]")];
  const cash = form.querySelector("[data-pay='cash']");
  const tendered = form.querySelector("[name='tendered']");
  const full = form.querySelector("[data-full]");
  const part = form.querySelector("[data-part]");
  const notes = form.querySelector("[data-notes]");
  const set = (name, text) => { form.querySelector(`[data-${name}]`).textContent = text; };
  const sum = () => pays.reduce((total, input) => total + (fenOf(input.value) ?? 0), 0);

  function refresh() {
    const given = sum();
    const rest = due - given;
    const cashFen = fenOf(cash.value) ?? 0;
    const handed = tendered.value.trim() === "" ? cashFen : fenOf(tendered.value) ?? 0;
    set("given", figures(given));
    set("rest", figures(rest));
    set("change", cashFen > 0 && handed >= cashFen ? `¥${figures(handed - cashFen)}` : cashFen > 0 ? `还差 ¥${figures(cashFen - handed)}` : "¥0.00");
    form.querySelector("[data-tender]").hidden = cashFen === 0;
    form.querySelector("[data-card]").hidden = (fenOf(form.querySelector("[data-pay='bankCard']").value) ?? 0) === 0;
    full.disabled = rest !== 0 || due === 0;
    part.disabled = rest <= 0 || given === 0;
    full.firstElementChild.textContent = rest === 0 ? `收款 ¥${figures(due)}` : rest > 0 ? `还差 ¥${figures(rest)}` : `多了 ¥${figures(-rest)}`;
    part.textContent = rest > 0 && given > 0 ? `部分付款，欠 ¥${figures(rest)}` : "部分付款，记欠费";
    notes.replaceChildren(...notesFor(cashFen).slice(0, 3).map((fen) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = figures(fen).replace(/\.00$/, "");
      button.setAttribute("aria-pressed", String(handed === fen));
      button.addEventListener("click", () => { tendered.value = figures(fen).replace(/,/g, ""); refresh(); });
      return button;
    }));
  }

  function fillRest(input) {
    const others = sum() - (fenOf(input.value) ?? 0);
    if (due - others <= 0) return;
    input.value = figures(due - others).replace(/,/g, "");
    refresh();
  }

  form.addEventListener("input", refresh, { signal });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input:not([type])")) event.target.select();
  }, { signal });
  form.addEventListener("click", (event) => {
    const filler = event.target.closest("[data-fill]");
    if (filler) fillRest(form.querySelector(`[data-pay='${filler.dataset.fill}']`));
  }, { signal });
  document.addEventListener("keydown", (event) => {
    if (halfWidth(event.key) !== "=" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement;
    const input = pays.includes(focus) ? focus : focus === document.body ? pays[0] : null;
    if (!input) return;
    event.preventDefault();
    fillRest(input);
    input.focus();
  }, { signal });
  addEventListener("pageshow", refresh, { signal });
  refresh();
}
