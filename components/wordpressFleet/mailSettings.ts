import { z } from "zod";

import { oneOf, text } from "../settings/kinds";
import { omitted } from "../settings/stated";
import type { FleetMailSesSettings } from "./options";

/** The length of the address column in WordPress's table of users. */
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
    z.strictObject({ method: z.literal("none").describe("WordPress sends no mail.") }),
    z.strictObject({
      method: z.literal("ses").describe("WordPress sends mail through Amazon SES in the stack's region."),
      from: email(longestUserAddress).describe("The address that all mail comes from."),
      identity: oneOf(["existing", "create"])
        .default("existing")
        .describe(
          "Whether the SES identity of the address's domain exists. `existing`: it must be verified. `create`: the stack creates it with its DKIM records, so the domain must be in the zone of `domain`.",
        ),
      configurationSet: text(/[A-Za-z0-9_-]{1,64}/, "1 to 64 letters, digits, _ or -")
        .optional()
        .describe("An existing SES configuration set, for the events of sent mail.")
        .meta(omitted("no configuration set")),
    }),
  ],
  { error: mailAllowed },
);

export type { FleetMailSettings as MailSettings } from "./options";

/** Settings of mail that goes through SES. */
export type SesSettings = FleetMailSesSettings;

/** The part after the @: the identity that SES verifies. */
export function domainOf({ from }: Pick<SesSettings, "from">): string {
  return from.slice(from.lastIndexOf("@") + 1).toLowerCase();
}

/** Whether the zone can have the records by which SES verifies the sender's domain. */
export function isInZone(mail: Pick<SesSettings, "from">, hostedZoneName: string): boolean {
  const domain = domainOf(mail);
  return domain === hostedZoneName || domain.endsWith(`.${hostedZoneName}`);
}
