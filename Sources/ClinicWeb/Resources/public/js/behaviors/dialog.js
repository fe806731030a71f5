// <button data-behavior="dialog" data-dialog="cancel-7">取消</button> … <dialog id="cancel-7" class="sheet">…</dialog>
// Buttons with data-close inside close it; Esc does by itself.
export default function (button, { signal }) {
  const dialog = document.getElementById(button.dataset.dialog);
  if (!dialog) return;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  }, { signal });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  }, { signal });
}
