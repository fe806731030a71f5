// Print pages: the button prints, and data-print-now prints at once (kiosk printing).
export default function (element, { signal }) {
  element.querySelector("[data-print]")?.addEventListener("click", () => print(), { signal });
  if (element.dataset.printNow !== undefined) print();
}
