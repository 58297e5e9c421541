import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUp } from "./lookUp";

/** What to do when AWS does not answer a question about the account. */
export const accountNeed =
  "AWS did not answer a question about the account. Check the credentials with `aws sts get-caller-identity`, what they allow, and aws:region in the stack's file.";

/** The region of the stack, e.g. `us-east-1`. */
export function regionOf(parent: pulumi.Resource): pulumi.Output<string> {
  return pulumi.output(lookUp(accountNeed, aws.getRegion({}, { parent }))).region;
}

/** The account's id of 12 digits. */
export function accountIdOf(parent: pulumi.Resource): pulumi.Output<string> {
  return pulumi.output(lookUp(accountNeed, aws.getCallerIdentity({}, { parent }))).accountId;
}

/** The first part of the region's ARNs, e.g. `aws` or `aws-cn`. */
export function partitionOf(parent: pulumi.Resource): pulumi.Output<string> {
  return pulumi.output(lookUp(accountNeed, aws.getPartition({}, { parent }))).partition;
}
