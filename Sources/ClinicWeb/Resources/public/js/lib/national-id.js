// GB 11643-1999: what an 18-digit identity number says about its bearer. The server checks again; this only fills fields.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// Full-width digits and letters as ASCII, spaces dropped.
export function plain(text) {
  return [...text].map((character) => {
    const code = character.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
  }).join("").replace(/[\s\u3000]/g, "").toUpperCase();
}

// {bornOn: "1949-12-31", gender: "female"}, or null when the number is not valid.
export function readNationalID(typed) {
  const number = plain(typed);
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  if ("10X98765432"[sum % 11] !== number[17]) return null;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return null;
  return { bornOn: `${year}-${month}-${day}`, gender: Number(number[16]) % 2 === 1 ? "male" : "female" };
}
