// The estimate follows the doctor until somebody types another one; the advice follows what is typed.
const watched = ["doctor", "complaint", "tooth", "segment", "emergency"];
const asked = ["patient", "appointment", ...watched];

export default function (form, { signal }) {
  const doctor = form.elements.namedItem("doctor");
  const told = form.elements.namedItem("toldWait");
  const advice = document.getElementById("advice");
  let isTyped = false;
  let pending = null;

  async function ask() {
    pending?.abort();
    pending = new AbortController();
    const address = new URL(form.dataset.advice, location.href);
    const values = new FormData(form);
    for (const name of asked) {
      if (values.get(name)) address.searchParams.set(name, values.get(name));
    }
    try {
      const response = await fetch(address, { headers: { "X-Menya-Part": "1" }, signal: pending.signal });
      if (response.ok) advice.innerHTML = await response.text();
    } catch {
      // The check-in itself says what is wrong; old advice stays until then.
    }
  }

  if (doctor && told) {
    told.addEventListener("input", () => { isTyped = true; }, { signal });
    doctor.addEventListener("change", () => {
      if (!isTyped) told.value = doctor.selectedOptions[0]?.dataset.minutes ?? "";
    }, { signal });
  }
  if (form.dataset.advice && advice) {
    form.addEventListener("change", (event) => { if (watched.includes(event.target.name)) ask(); }, { signal });
    signal.addEventListener("abort", () => pending?.abort());
  }
}
