import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountIdOf, partitionOf, regionOf } from "../settings/account";
import { named } from "../settings/named";
import { domainOf, type MailSettings, type SesSettings } from "./mailSettings";
import type { FleetScope } from "./scope";

/** SES generates three DKIM tokens for a domain; each needs a record. */
const dkimKeys = 3;

/**
 * The SES identity of the sender's domain, with the DKIM records by which SES verifies the domain and receivers check
 * signatures. SES usually finds the records within minutes, and refuses mail until then.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy.html
 */
export function createMailIdentity(
  { name, tags, parent }: FleetScope,
  mail: SesSettings,
  zoneId: pulumi.Input<string>,
): aws.sesv2.EmailIdentity {
  const identityName = `${name}-mail`;
  const domain = domainOf(mail);
  const identity = new aws.sesv2.EmailIdentity(
    identityName,
    {
      emailIdentity: domain,
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
      tags: named(identityName, tags),
    },
    { parent },
  );
  for (let key = 0; key < dkimKeys; key += 1) {
    const token = identity.dkimSigningAttributes.tokens.apply((tokens) => tokenAt(tokens, key));
    new aws.route53.Record(
      `${identityName}-dkim-${String(key + 1)}`,
      {
        zoneId,
        name: pulumi.interpolate`${token}._domainkey.${domain}`,
        type: "CNAME",
        records: [pulumi.interpolate`${token}.dkim.amazonses.com`],
        ttl: 1_800,
      },
      { parent },
    );
  }
  return identity;
}

function tokenAt(tokens: readonly string[], key: number): string {
  const token = tokens[key];
  if (token === undefined) {
    throw new Error(`SES returned ${String(tokens.length)} DKIM tokens instead of ${String(dkimKeys)}.`);
  }
  return token;
}

/**
 * Allows the servers' role to send mail from this one address. The resource does not limit the sender: SES checks the
 * permission for every identity of a message, and in the SES sandbox those of the receivers, too.
 * @see https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
 */
export function mailPolicy(mail: MailSettings, parent: pulumi.Resource): pulumi.Output<string> | undefined {
  if (mail.method === "none") return undefined;
  const place = pulumi.output({
    partition: partitionOf(parent),
    region: regionOf(parent),
    accountId: accountIdOf(parent),
  });
  return place.apply(({ partition, region, accountId }) => {
    const arn = `arn:${partition}:ses:${region}:${accountId}`;
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ses:SendEmail", "ses:SendRawEmail"],
          Resource: [
            `${arn}:identity/*`,
            ...(mail.configurationSet === undefined
              ? []
              : [`${arn}:configuration-set/${mail.configurationSet}`]),
          ],
          Condition: { StringEquals: { "ses:FromAddress": mail.from } },
        },
      ],
    });
  });
}
