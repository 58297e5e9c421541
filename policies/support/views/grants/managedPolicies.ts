import { createHash } from "node:crypto";

import type { Finding } from "../../finding";
import { judgeAt } from "../../propertyPaths";
import type { AnyResource } from "../../resourceTypes";
import type { Judgement } from "../../rule";
import { managedPolicyPaths } from "./identities";

/** The name of a policy that AWS manages, e.g. `AdministratorAccess`; `undefined` for a policy of an account. */
export function awsPolicyName(arn: string): string | undefined {
  return /^arn:[^:]+:iam::aws:policy\/(?:[^/]+\/)*([^/]+)$/.exec(arn)?.[1];
}

/** Judges every policy of AWS that an identity gets, by its name. */
export function onAwsPolicies(isRefused: (name: string) => boolean, allowed: string): Judgement<object> {
  return {
    appliesTo: (type) => Object.hasOwn(managedPolicyPaths, type),
    judge: (resource) =>
      judgeAt(resource.props, managedPolicyPaths[resource.type] ?? "", (arn, at): readonly Finding[] => {
        const name = typeof arn === "string" ? awsPolicyName(arn) : undefined;
        const refused = name !== undefined && isRefused(name) && !isCallbackDefault(resource, arn, name);
        return refused ? [{ at, value: arn, allowed }] : [];
      }),
  };
}

/** The policies of the role that `aws.lambda.CallbackFunction` creates when it gets none. */
const callbackDefaults: readonly string[] = [
  "AWSLambda_FullAccess",
  "AmazonCognitoPowerUser",
  "AmazonDynamoDBFullAccess",
  "AmazonKinesisFullAccess",
  "AmazonS3FullAccess",
  "AmazonSQSFullAccess",
  "CloudWatchEventsFullAccess",
  "CloudWatchFullAccessV2",
];

/**
 * Whether an attachment is one that `CallbackFunction` creates by itself: the provider's library names it by the ARN's hash.
 * The program does not name these policies.
 */
function isCallbackDefault({ type, name }: AnyResource, arn: unknown, policy: string): boolean {
  const hash = createHash("sha1").update(String(arn)).digest("hex").slice(0, 8);
  return (
    type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment" &&
    callbackDefaults.includes(policy) &&
    name.endsWith(`-${hash}`)
  );
}
