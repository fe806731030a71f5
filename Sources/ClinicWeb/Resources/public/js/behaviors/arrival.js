// The estimate follows the doctor until somebody types another one.
export default function (form, { signal }) {
  const doctor = form.elements.namedItem("doctor");
  const told = form.elements.namedItem("toldWait");
  if (!doctor || !told) return;
  let isTyped = false;
  told.addEventListener("input", () => { isTyped = true; }, { signal });
  doctor.addEventListener("change", () => {
    if (!isTyped) told.value = doctor.selectedOptions[0]?.dataset.minutes ?? "";
  }, { signal });
}
