// A second press while the first is under way does nothing. The pressed button turns its ring and stays as wide.
export default function (form, { signal }) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    const button = event.submitter ?? form.querySelector("button:not([type='button'])");
    if (!button) return;
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
  }, { signal });
  // Back in history brings the page as it was left.
  addEventListener("pageshow", () => {
    isSent = false;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      button.style.minWidth = "";
    }
  }, { signal });
}
