// In a customer form: a valid identity number fills a blank birth date and an unchosen sex, and says so. The desk confirms.
import { readNationalID } from "../lib/national-id.js";

export default function (form, { signal }) {
  const number = form.elements.documentNumber;
  const birth = form.elements.bornOn;
  const hint = form.querySelector("#id-card-hint");
  if (!number || !birth || !hint) return;

  number.addEventListener("input", () => {
    const found = ["nationalID", "residencePermit"].includes(form.elements.documentKind?.value)
      ? readNationalID(number.value) : null;
    hint.textContent = "";
    if (!found) return;
    const label = found.gender === "male" ? "男" : "女";
    if (birth.value.trim() === "") birth.value = found.bornOn;
    if (form.elements.gender.value === "") form.elements.gender.value = found.gender;
    const agrees = birth.value.replace(/\D/g, "") === found.bornOn.replaceAll("-", "") && form.elements.gender.value === found.gender;
    hint.textContent = agrees ? `按证件填入：${found.bornOn} ${label}，请与客人核对` : `证件为 ${found.bornOn} ${label}，与填写的不同，请核对`;
  }, { signal });
}
