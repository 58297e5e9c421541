import type { CertificateDetail, KeyAlgorithm } from "@aws-sdk/client-acm";
import type { CertificateArgs, CertificateState } from "@pulumi/aws/acm";
import type { output } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { waitUntil } from "../wait";

/** The key algorithms of certificates that AWS issues. */
const keyAlgorithms: readonly KeyAlgorithm[] = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

/** A certificate that AWS issues after DNS validation of the domain. Its id is its ARN. */
export const certificate: ResourceType<CertificateArgs> = {
  token: "aws:acm/certificate:Certificate",
  properties: {
    domainName: { required: true, replace: true },
    keyAlgorithm: { replace: true, computed: true },
    subjectAlternativeNames: { replace: true, computed: true, set: true },
    tags: {},
    validationMethod: { required: true, replace: true },
  },
  check(inputs) {
    const method = reading<CertificateArgs>(inputs).requiredString("validationMethod");
    if (method === "DNS") return [];
    const reason = `${method} - allowed: DNS; the emulator delivers no e-mail`;
    return [{ property: "validationMethod", reason }];
  },
  async create(aws, inputs) {
    const from = reading<CertificateArgs>(inputs);
    const { CertificateArn } = await (
      await aws.acm()
    ).requestCertificate({
      DomainName: from.requiredString("domainName"),
      KeyAlgorithm: choice("keyAlgorithm", keyAlgorithms, from.string("keyAlgorithm")),
      SubjectAlternativeNames: from.strings("subjectAlternativeNames"),
      Tags: newTagList(inputs),
      ValidationMethod: "DNS",
    });
    return { id: sent(CertificateArn, "CertificateArn") };
  },
  async complete(aws, id) {
    // AWS provides the validation records a moment after the request.
    const settled = await waitUntil(300, async () => {
      const options = (await findCertificate(aws, id))?.DomainValidationOptions ?? [];
      return options.length > 0 && options.every(({ ResourceRecord }) => ResourceRecord !== undefined);
    });
    if (!settled) throw new Error(`${id}: ACM provided no DNS record for the validation within 300 seconds`);
  },
  async read(aws, id) {
    const found = await findCertificate(aws, id);
    if (found === undefined) return undefined;
    const { Tags } = await (await aws.acm()).listTagsForCertificate({ CertificateArn: id });
    const names = found.SubjectAlternativeNames ?? [];
    return present({
      arn: id,
      domainName: found.DomainName,
      domainValidationOptions: domainValidationOptions(found),
      keyAlgorithm: found.KeyAlgorithm,
      notAfter: found.NotAfter?.toISOString(),
      notBefore: found.NotBefore?.toISOString(),
      status: found.Status,
      subjectAlternativeNames: names,
      type: found.Type,
      validationMethod: "DNS",
      ...tagProperties(Tags),
    } satisfies Known<CertificateState>);
  },
  async update(aws, { id, old, new: inputs }) {
    const { set, remove } = tagChange(old, inputs);
    const acm = await aws.acm();
    if (remove.length > 0) {
      await acm.removeTagsFromCertificate({ CertificateArn: id, Tags: remove.map((Key) => ({ Key })) });
    }
    if (set.length > 0) await acm.addTagsToCertificate({ CertificateArn: id, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.acm()).deleteCertificate({ CertificateArn: id }),
      "ResourceNotFoundException",
    );
  },
};

/** The certificate in ACM, if it exists. */
export async function findCertificate(aws: AwsClients, arn: string): Promise<CertificateDetail | undefined> {
  const answer = await unlessGone(
    (await aws.acm()).describeCertificate({ CertificateArn: arn }),
    "ResourceNotFoundException",
  );
  return answer?.Certificate;
}

/** The validation records: the domain's first, then the others in a stable order. */
function domainValidationOptions({ DomainName, DomainValidationOptions = [] }: CertificateDetail) {
  return DomainValidationOptions.map(({ DomainName: domainName, ResourceRecord: record }): Properties =>
    present({
      domainName,
      resourceRecordName: record?.Name,
      resourceRecordType: record?.Type,
      resourceRecordValue: record?.Value,
    } satisfies Known<output.acm.CertificateDomainValidationOption>),
  ).sort((left, right) => place(left, DomainName).localeCompare(place(right, DomainName)));
}

function place(option: Properties, domainName: string | undefined): string {
  const name = reading<output.acm.CertificateDomainValidationOption>(option).string("domainName") ?? "";
  return name === domainName ? "" : name;
}
