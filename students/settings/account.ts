import { mapTexts } from "./merge";

/** Stands for the student's account in ARNs of the class's settings. */
const inArn = /^(arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)000000000000(?=:)/;

/** The settings with this account in the place of the zeros. */
export function forAccount(
  settings: Readonly<Record<string, unknown>>,
  accountId: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      mapTexts(value, (text) => text.replace(inArn, `$1${accountId}`)),
    ]),
  );
}
