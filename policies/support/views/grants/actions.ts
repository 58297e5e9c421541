import type { Statement } from "./document";
import { arnParts, everyResource, matches } from "./patterns";

/**
 * Actions that no service has, of every kind that a service has. A pattern that matches one does so by its verb alone, so
 * patterns that match one of each group allow all actions of the service: `*`, `?*`, one pattern for each first letter,
 * or one for each verb.
 */
const verbs: readonly (readonly string[])[] = [
  ["Get", "Describe", "List"],
  ["Create", "Put", "Update", "Modify", "Attach", "Set"],
  ["Delete", "Remove", "Terminate", "Detach"],
].map((group) => group.map((verb) => `${verb}Xqzvkwjy`));

/** Services that a pattern such as `i*:*` may mean. */
const services: readonly string[] = [
  ...["autoscaling", "cloudformation", "dynamodb", "ec2", "ecr", "ecs", "eks", "elasticfilesystem", "events"],
  ...["elasticloadbalancing", "iam", "kms", "lambda", "logs", "organizations", "rds", "route53", "s3"],
  ...["scheduler", "secretsmanager", "ses", "sns", "sqs", "ssm", "states", "sts"],
];

/** Actions and resources that together are all of a service's. */
export interface WideGrant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** All actions of some service on all of its resources, if the statements together allow them. */
export function wideGrant(statements: readonly Statement[]): WideGrant | undefined {
  const allowing = statements.filter(({ allows }) => allows);
  const candidates = new Set([
    ...services,
    ...allowing.flatMap(({ actions = [] }) => actions.map(serviceOf)),
  ]);
  const found = [...candidates].flatMap((service) => grantOf(service, allowing) ?? []);
  if (found.length === 0) return undefined;
  return {
    actions: [...new Set(found.flatMap(({ actions }) => actions))],
    resources: [...new Set(found.flatMap(({ resources }) => resources))],
  };
}

function grantOf(service: string, statements: readonly Statement[]): WideGrant | undefined {
  const wide = statements.flatMap(({ actions, resources }) => {
    const all = everyResource(resources).filter((each) => matches(arnParts(each).service, service));
    return all.length === 0 ? [] : [{ actions, resources: all }];
  });
  const exceptions = wide.find(({ actions }) => actions === undefined);
  if (exceptions !== undefined) return { ...exceptions, actions: ["all with exceptions"] };
  const patterns = wide.flatMap(({ actions = [] }) => actions);
  const isMatched = (probe: string) => patterns.some((pattern) => matches(pattern, `${service}:${probe}`));
  if (!verbs.every((group) => group.some(isMatched))) return undefined;
  const probes = verbs.flat().map((verb) => `${service}:${verb}`);
  return {
    actions: patterns.filter((pattern) => probes.some((probe) => matches(pattern, probe))),
    resources: [...new Set(wide.flatMap(({ resources }) => resources))],
  };
}

/** The service of an action pattern; `*` belongs to every service. */
function serviceOf(action: string): string {
  return action.includes(":") ? action.slice(0, action.indexOf(":")).toLowerCase() : "iam";
}
