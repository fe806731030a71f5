/** Names of the behaviours an element asks for; an element with data-live is live without saying so. */
export function namesOf({ behavior = "", live }) {
  const names = behavior.split(/\s+/).filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
  if (live !== undefined && !names.includes("live")) names.push("live");
  return names;
}
