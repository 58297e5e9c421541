import type { CertificateDetail } from "@aws-sdk/client-acm";
import type { CertificateValidationArgs, CertificateValidationState } from "@pulumi/aws/acm";

import type { AwsClients } from "../clients";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { waitUntil } from "../wait";
import { findCertificate } from "./certificate";

/** Time limit of the validation in seconds, as in the official provider. */
const withinSeconds = 4500;

/** Waits until a certificate is issued. It has no counterpart in AWS. Its id is the certificate's ARN. */
export const certificateValidation: ResourceType<CertificateValidationArgs> = {
  token: "aws:acm/certificateValidation:CertificateValidation",
  properties: {
    certificateArn: { required: true, replace: true },
    validationRecordFqdns: { replace: true, set: true },
  },
  async create(aws, inputs) {
    const id = reading<CertificateValidationArgs>(inputs).requiredString("certificateArn");
    await requireRecords(aws, id, inputs);
    let status: string | undefined;
    const issued = await waitUntil(withinSeconds, async () => {
      status = (await findCertificate(aws, id))?.Status;
      return status !== "PENDING_VALIDATION";
    });
    if (status === "ISSUED") return { id };
    throw new Error(
      issued
        ? `${id}: ${String(status)}, not ISSUED`
        : `${id}: not issued within ${String(withinSeconds)} seconds`,
    );
  },
  async read(aws, id, prior) {
    const found = await findCertificate(aws, id);
    if (found?.Status !== "ISSUED") return undefined;
    return present({
      certificateArn: id,
      validationRecordFqdns: reading<CertificateValidationArgs>(prior).strings("validationRecordFqdns"),
    } satisfies Known<CertificateValidationState>);
  },
  // Nothing to delete: the certificate is a separate resource.
  delete: () => Promise.resolve(),
};

/** The program's record names must be those that ACM looks up. */
async function requireRecords(aws: AwsClients, arn: string, inputs: Properties): Promise<void> {
  const given = reading<CertificateValidationArgs>(inputs).strings("validationRecordFqdns");
  if (given === undefined) return;
  const made = new Set(given.map(withoutDot));
  const missing = recordNames(await findCertificate(aws, arn)).filter((name) => !made.has(name));
  if (missing.length === 0) return;
  throw new Error(
    `validationRecordFqdns: ${given.join(", ")} - ${arn} also needs ${missing.join(", ")} for its validation`,
  );
}

function recordNames(certificate: CertificateDetail | undefined): string[] {
  const options = certificate?.DomainValidationOptions ?? [];
  return [...new Set(options.flatMap(({ ResourceRecord }) => ResourceRecord?.Name ?? []).map(withoutDot))];
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
