/** Stands for the account in ARNs of settings that are for more than one account, e.g. `Pulumi.lab.yaml`. */
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

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]));
}
