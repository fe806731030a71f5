// The lines of a charge sheet: sums while typing, a new row when the last one is used, teeth picked on a chart.
// The server computes everything again.
import { figures, fenOf } from "../lib/money.js";
import { teethOf } from "../lib/teeth.js";

export default function (form, { signal }) {
  const body = form.querySelector("[data-lines]");
  const total = form.querySelector("[data-total]");
  if (!body?.querySelector("input[name='item']")) return;
  const items = new Map();
  for (const option of form.querySelectorAll("#items option")) {
    const item = { fen: option.dataset.fen === "" ? null : Number(option.dataset.fen), perTooth: "perTooth" in option.dataset };
    items.set(option.value, item);
    items.set(option.value.split(" ")[0].toUpperCase(), item);
    items.set(option.value.split(" ").slice(1).join(" "), item);
  }
  const field = (row, name) => row.querySelector(`[name="${name}"]`);
  const itemOf = (row) => {
    const text = field(row, "item").value.trim();
    return items.get(text) ?? items.get(text.split(" ")[0].toUpperCase());
  };

  function sumOf(row) {
    const item = itemOf(row);
    const quantity = field(row, "quantity");
    quantity.readOnly = Boolean(item?.perTooth);
    if (item?.perTooth) quantity.value = String(teethOf(field(row, "teeth").value)?.length || 1);
    const typed = field(row, "price").value.trim();
    const price = typed === "" ? item?.fen : fenOf(typed);
    const sum = price == null || !item ? null : price * (Number.parseInt(quantity.value, 10) || 0);
    row.querySelector("[data-subtotal]").textContent = sum === null ? "" : figures(sum);
    return sum ?? 0;
  }

  function refresh() {
    const rows = [...body.querySelectorAll("[data-line]")];
    total.textContent = `¥${figures(rows.reduce((sum, row) => sum + sumOf(row), 0))}`;
    if (field(rows.at(-1), "item").value.trim() !== "") addRow();
  }

  function addRow() {
    const row = body.lastElementChild.cloneNode(true);
    for (const input of row.querySelectorAll("input, select")) {
      input.value = input.name === "quantity" ? "1" : "";
      const label = input.getAttribute("aria-label");
      if (label) input.setAttribute("aria-label", label.replace(/\d+/, String(body.children.length + 1)));
    }
    for (const extra of row.querySelectorAll(".error, .chip, [data-subtotal] ~ *")) extra.remove();
    for (const faulty of row.querySelectorAll("[data-error]")) faulty.removeAttribute("data-error");
    row.querySelector("[data-subtotal]").textContent = "";
    body.append(row);
  }

  body.addEventListener("input", refresh, { signal });
  form.querySelector("[data-more-rows]")?.addEventListener("click", (event) => {
    event.preventDefault();
    addRow();
    field(body.lastElementChild, "item").focus();
  }, { signal });
  pickTeeth(form, body, signal);
  refresh();
}

function pickTeeth(form, body, signal) {
  const dialog = form.querySelector(".tooth-picker");
  if (!dialog?.showModal) return;
  let target = null;
  const buttons = [...dialog.querySelectorAll("[data-tooth]")];
  const picked = () => buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((b) => b.dataset.tooth);
  const show = () => { dialog.querySelector("[data-picked]").textContent = picked().join("、"); };
  const offer = () => { for (const button of body.querySelectorAll("[data-pick-teeth]")) button.hidden = false; };
  offer();
  new MutationObserver(offer).observe(body, { childList: true });

  body.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-pick-teeth]");
    if (!opener) return;
    target = opener.closest("[data-line]").querySelector("[name='teeth']");
    const teeth = (teethOf(target.value) ?? []).map(String);
    for (const button of buttons) button.setAttribute("aria-pressed", String(teeth.includes(button.dataset.tooth)));
    show();
    dialog.showModal();
  }, { signal });
  dialog.addEventListener("click", (event) => {
    const tooth = event.target.closest("[data-tooth]");
    if (tooth) tooth.setAttribute("aria-pressed", String(tooth.getAttribute("aria-pressed") !== "true"));
    if (event.target.closest("[data-clear-teeth]")) for (const button of buttons) button.setAttribute("aria-pressed", "false");
    if (event.target.closest("[data-take-teeth]")) {
      target.value = picked().sort((a, b) => a - b).join("、");
      target.dispatchEvent(new Event("input", { bubbles: true }));
      dialog.close();
      target.focus();
    }
    show();
  }, { signal });
}
