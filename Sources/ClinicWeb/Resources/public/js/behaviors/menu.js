// <details class="menu">: closes when something else is pressed.
export default function (details, { signal }) {
  document.addEventListener("pointerdown", (event) => {
    if (details.open && !details.contains(event.target)) details.open = false;
  }, { signal });
}
