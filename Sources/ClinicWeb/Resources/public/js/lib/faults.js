const faulty = 'main [aria-invalid="true"], main [data-error] :is(input, select, textarea):not([type="hidden"])';

/** Puts the focus on the first field of the page that was refused; its sentence stands beside it. */
export function focusFirstFault(page) {
  const field = page.querySelector(faulty);
  field?.focus();
  return field;
}
