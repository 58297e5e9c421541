import type { Condition } from "./document";
import { isWild, namesResource } from "./patterns";

/** Whether the values of a condition key limit the callers to some accounts, networks or resources. */
type Limits = (value: string) => boolean;

const named: Limits = (value) => !isWild(value) && /[^*?:/]/.test(value);
/** An account, an organization or a network by its whole id: `StringLike` with `o-*` accepts every organization. */
const whole: Limits = (value) => value !== "" && !/[*?]/.test(value);
const path: Limits = (value) => /^[^*?/]+\//.test(value);
const arnOfAccount: Limits = (value) => /^[^:]*:[^:]*:[^:]*:[^:]*:[^:*?]+:/.test(value);
/** A bucket's ARN has no account, but no other bucket has its name. */
const arn: Limits = (value) => arnOfAccount(value) || (/^arn:[^:]*:s3:/.test(value) && namesResource(value));
/** It begins with the unique id of a user or a role, or with an account; the caller chooses a session's name. */
const user: Limits = (value) => /^(?:A[A-Z]{3}[A-Z\d]{7,}|\d{12})/.test(value);
const isTrue: Limits = (value) => value.toLowerCase() === "true";

/**
 * The condition keys that limit who may call, in lower case. A tag, TLS or MFA does not: another account has them too.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (the meaning of
 * "public"), and the keys of organizations and of each service.
 */
const limitingKeys: Readonly<Record<string, Limits>> = {
  "aws:principalaccount": whole,
  "aws:principalarn": arnOfAccount,
  "aws:principalorgid": whole,
  "aws:principalorgpaths": path,
  "aws:principalservicename": named,
  "aws:sourceaccount": whole,
  "aws:sourcearn": arn,
  "aws:sourceip": isNarrow,
  "aws:sourceorgid": whole,
  "aws:sourceorgpaths": path,
  "aws:sourceowner": whole,
  "aws:sourcevpc": whole,
  "aws:sourcevpcarn": arn,
  "aws:sourcevpce": whole,
  "aws:userid": user,
  "elasticfilesystem:accessedviamounttarget": isTrue,
  "elasticfilesystem:accesspointarn": arn,
  "kms:calleraccount": whole,
  "s3:dataaccesspointaccount": whole,
  "s3:dataaccesspointarn": arn,
};

/** The shortest prefixes that do not count as the internet. */
const shortest = { ipv4: 8, ipv6: 32 };

function isNarrow(range: string): boolean {
  const [address = "", length] = range.split("/");
  if (length === undefined) return address !== "" && !isWild(address);
  return Number(length) >= (address.includes(":") ? shortest.ipv6 : shortest.ipv4);
}

/** `…IfExists` and `ForAllValues:` are true for a request without the key, so they limit nothing. */
const positive =
  /^(?:foranyvalue:)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress|bool)$/;
const negative =
  /^(?:forallvalues:)?(?:string(?:notequals|notequalsignorecase|notlike)|arn(?:notequals|notlike)|notipaddress|bool)(?:ifexists)?$/;

/** Whether a condition of an `Allow` limits the callers. Every value must, as one of them is enough. */
export function limits({ operator, key, values }: Condition): boolean {
  return positive.test(operator) && limitsBy(key, values);
}

/** Whether a `Deny` with this condition leaves only limited callers. */
export function excludesOthers({ operator, key, values }: Condition): boolean {
  if (!negative.test(operator)) return false;
  return operator.includes("bool")
    ? limitsBy(
        key,
        values.map((value) => (value.toLowerCase() === "false" ? "true" : "false")),
      )
    : limitsBy(key, values);
}

/** Whether a condition of a `Deny` excepts the calls of AWS's services, and no other callers. */
export function sparesServices({ operator, key, values }: Condition): boolean {
  return (
    /^bool(?:ifexists)?$/.test(operator) &&
    ["aws:principalisawsservice", "aws:viaawsservice"].includes(key) &&
    values.every((value) => value.toLowerCase() === "false")
  );
}

/** Whether the ARN of a source, such as a topic that calls a function, is one of a named account or bucket. */
export function limitsSource(value: string): boolean {
  return !isWild(value) && (!value.startsWith("arn:") || arn(value));
}

function limitsBy(key: string, values: readonly string[]): boolean {
  const limit = Object.hasOwn(limitingKeys, key) ? limitingKeys[key] : undefined;
  return limit !== undefined && values.length > 0 && values.every(limit);
}
