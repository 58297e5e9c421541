/**
 * Narrows a text to one of AWS's choices, which the SDK's types require.
 * @throws RangeError that names the property, the value and the allowed choices.
 */
export function choice<Choice extends string>(
  property: string,
  choices: readonly Choice[],
  given: string | undefined,
): Choice | undefined {
  if (given === undefined) return undefined;
  const found = choices.find((one) => one === given);
  if (found !== undefined) return found;
  throw new RangeError(`${property}: "${given}" is not one of AWS's: ${listed(choices)}`);
}

/** Shortened, as there are a thousand instance types. */
function listed(choices: readonly string[]): string {
  const shown = choices.slice(0, 12).join(", ");
  return choices.length > 12 ? `${shown} and ${choices.length - 12} more` : shown;
}
