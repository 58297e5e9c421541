import type { Finding } from "../../finding";
import { judgeAtAll } from "../../propertyPaths";
import type { Judgement } from "../../rule";
import { statementsOf, type Statement } from "./document";
import { openStatements } from "./openness";

/** The properties in which resources have their own policy. Their other texts have no statements with a principal. */
export const resourcePolicyPaths: readonly string[] = [
  "accessPolicies",
  "accessPolicy",
  "content",
  "deliveryDestinationPolicy",
  "details.policy",
  "policy",
  "policyDocument",
  "repositoryPolicy",
  "resourcePolicy",
];

/**
 * Types whose policies limit what other policies allow, or whose principal `*` is the normal case: an endpoint's policy,
 * a public image.
 */
const limitingTypes: readonly string[] = [
  "aws:ec2/vpcEndpoint",
  "aws:ecrpublic/",
  "aws:iam/",
  "aws:organizations/policy:",
  "aws:vpclattice/authPolicy:",
];

/** Whether a type may have a resource policy. */
export function hasResourcePolicy(type: string): boolean {
  return type.startsWith("aws:") && !limitingTypes.some((prefix) => type.startsWith(prefix));
}

/** Refuses statements of resource policies that allow every caller, for the types that `appliesTo` selects. */
export function onOpenResourcePolicies(
  appliesTo: (type: string) => boolean,
  allowed: string,
): Judgement<object> {
  return {
    appliesTo: (type) => hasResourcePolicy(type) && appliesTo(type),
    judge: ({ props }) =>
      judgeAtAll(props, resourcePolicyPaths, (document, at) =>
        openFindings(statementsOf(document), at, allowed),
      ),
  };
}

/** A finding for each statement that allows every caller. */
export function openFindings(
  statements: readonly Statement[],
  at: string,
  allowed: string,
): readonly Finding[] {
  return openStatements(statements).map((open) => ({
    at: `${at}.${open.at}`,
    value: open.principal,
    allowed,
  }));
}
