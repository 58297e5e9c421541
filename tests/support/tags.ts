import type { MockedRun } from "./mocks";

/** Types without tags in AWS, types that awsx tags, and components. */
const untaggable =
  /^(?:wordpress:|awsx:|aws:ec2\/(?:internetGateway|routeTable|subnet):|aws:acm\/certificateValidation:|aws:route53\/record:|aws:autoscaling\/|aws:efs\/(?:backupPolicy|fileSystemPolicy|mountTarget):|aws:iam\/rolePolic|aws:sns\/topicSubscription:|aws:lambda\/(?:functionEventInvokeConfig|functionUrl|permission):|aws:scheduler\/schedule:|golden-image:index:(?:FleetRollout|GroupSize))/;

/** The resources that accept tags but do not have these tags and a name. */
export function untagged(run: MockedRun<unknown>, tags: Readonly<Record<string, string>>): readonly string[] {
  return run.resources
    .filter(({ type }) => !untaggable.test(type))
    .filter(({ inputs }) => !isTagged(inputs["tags"], tags))
    .map(({ type, name }) => `${type} ${name}`);
}

function isTagged(actual: unknown, tags: Readonly<Record<string, string>>): boolean {
  if (typeof actual !== "object" || actual === null || !("Name" in actual)) return false;
  return Object.entries(tags).every(([key, value]) => Reflect.get(actual, key) === value);
}
