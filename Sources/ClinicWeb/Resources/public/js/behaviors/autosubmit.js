// A form of filters submits itself when something is chosen; its button stays for keyboards and for pages without scripts.
export default function (form, { signal }) {
  form.addEventListener("change", () => form.requestSubmit(), { signal });
}
