import { z } from "zod";

import { oneOf, text } from "../settings/kinds";

/** WordPress keeps no longer address of a user: its table has 100 characters for it. */
export const longestUserAddress = 100;

export const email = (longest: number) => {
  const error = `an e-mail address of at most ${String(longest)} characters, 64 of them before the @`;
  return z
    .email({ error })
    .max(longest, { error })
    .refine((address) => address.lastIndexOf("@") <= 64, { error });
};

const mailAllowed =
  "{ method: none } or { method: ses, from: an e-mail address, identity: existing or create, configurationSet }";

/** How WordPress sends mail. */
export const mailSettings = z.discriminatedUnion(
  "method",
  [
    z.strictObject({ method: z.literal("none") }),
    z.strictObject({
      method: z.literal("ses"),
      from: email(longestUserAddress),
      identity: oneOf(["existing", "create"]).default("existing"),
      configurationSet: text(/[A-Za-z0-9_-]{1,64}/, "1 to 64 letters, digits, _ or -").optional(),
    }),
  ],
  { error: mailAllowed },
);

export type MailSettings = z.output<typeof mailSettings>;

/** Settings of mail that goes through SES. */
export type SesSettings = Extract<MailSettings, { method: "ses" }>;

/** What comes after the @: the identity that SES verifies. */
export function domainOf({ from }: Pick<SesSettings, "from">): string {
  return from.slice(from.lastIndexOf("@") + 1).toLowerCase();
}

/** Whether records of a zone can prove that the sender's domain is ours. */
export function isInZone(mail: Pick<SesSettings, "from">, hostedZoneName: string): boolean {
  const domain = domainOf(mail);
  return domain === hostedZoneName || domain.endsWith(`.${hostedZoneName}`);
}
