import type { DkimSigningKeyLength, GetEmailIdentityResponse } from "@aws-sdk/client-sesv2";
import type { EmailIdentityArgs, EmailIdentityState } from "@pulumi/aws/sesv2";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

type Dkim = input.sesv2.EmailIdentityDkimSigningAttributes;

const keyLengths: readonly DkimSigningKeyLength[] = ["RSA_1024_BIT", "RSA_2048_BIT"];

/** An address or domain that SES may send from, with DKIM keys of SES. Its id is the address or domain. */
export const emailIdentity: ResourceType<EmailIdentityArgs> = {
  token: "aws:sesv2/emailIdentity:EmailIdentity",
  properties: {
    configurationSetName: { replace: true },
    dkimSigningAttributes: {
      replace: true,
      computed: true,
      nested: { nextSigningKeyLength: { computed: true }, tokens: { computed: true } },
    },
    emailIdentity: { required: true, replace: true },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<EmailIdentityArgs>(inputs);
    const EmailIdentity = from.requiredString("emailIdentity");
    await (
      await aws.sesv2()
    ).createEmailIdentity({
      ConfigurationSetName: from.string("configurationSetName"),
      DkimSigningAttributes: { NextSigningKeyLength: keyLengthOf(inputs) },
      EmailIdentity,
      Tags: newTagList(inputs),
    });
    return { id: EmailIdentity };
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const arn = arnOf(aws, id);
    const { Tags } = await (await aws.sesv2()).listTagsForResource({ ResourceArn: arn });
    return present({
      arn,
      configurationSetName: found.ConfigurationSetName,
      dkimSigningAttributes: dkimOf(found),
      emailIdentity: id,
      identityType: found.IdentityType,
      verificationStatus: found.VerificationStatus,
      verifiedForSendingStatus: found.VerifiedForSendingStatus,
      ...tagProperties(Tags),
    } satisfies Known<EmailIdentityState>);
  },
  async update(aws, { id, old, new: inputs }) {
    const { set, remove } = tagChange(old, inputs);
    const ses = await aws.sesv2();
    const ResourceArn = arnOf(aws, id);
    if (remove.length > 0) await ses.untagResource({ ResourceArn, TagKeys: remove });
    if (set.length > 0) await ses.tagResource({ ResourceArn, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone((await aws.sesv2()).deleteEmailIdentity({ EmailIdentity: id }), "NotFoundException");
  },
};

const arnOf = ({ region, accountId }: AwsClients, id: string) =>
  `arn:aws:ses:${region}:${accountId}:identity/${id}`;

function keyLengthOf(inputs: Properties): DkimSigningKeyLength | undefined {
  const dkim = reading<EmailIdentityArgs>(inputs).object("dkimSigningAttributes") ?? {};
  return choice("nextSigningKeyLength", keyLengths, reading<Dkim>(dkim).string("nextSigningKeyLength"));
}

async function find(aws: AwsClients, id: string): Promise<GetEmailIdentityResponse | undefined> {
  return await unlessGone((await aws.sesv2()).getEmailIdentity({ EmailIdentity: id }), "NotFoundException");
}

function dkimOf({ DkimAttributes: found }: GetEmailIdentityResponse) {
  return present({
    currentSigningKeyLength: found?.CurrentSigningKeyLength,
    lastKeyGenerationTimestamp: found?.LastKeyGenerationTimestamp?.toISOString(),
    nextSigningKeyLength: found?.NextSigningKeyLength,
    signingAttributesOrigin: found?.SigningAttributesOrigin,
    status: found?.Status,
    tokens: found?.Tokens,
  } satisfies Known<Dkim>);
}
