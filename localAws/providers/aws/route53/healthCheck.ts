import type { HealthCheckType } from "@aws-sdk/client-route-53";
import type { HealthCheckArgs, HealthCheckState } from "@pulumi/aws/route53";
import { randomUUID } from "node:crypto";

import { choice } from "../choice";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { tagChange, tagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

const types = ["HTTP", "HTTPS", "TCP"] as const satisfies readonly HealthCheckType[];

/** A health check of an endpoint. Its id is Route 53's. */
export const healthCheck: ResourceType<HealthCheckArgs> = {
  token: "aws:route53/healthCheck:HealthCheck",
  properties: {
    enableSni: { computed: true },
    failureThreshold: { default: 3 },
    fqdn: {},
    port: { computed: true },
    requestInterval: { replace: true, default: 30 },
    resourcePath: {},
    tags: {},
    type: { required: true, replace: true },
  },
  check: checkHealthCheck,
  async create(aws, inputs) {
    const from = reading<HealthCheckArgs>(inputs);
    const { HealthCheck } = await (
      await aws.route53()
    ).createHealthCheck({
      CallerReference: randomUUID(),
      HealthCheckConfig: {
        ...changeableOf(inputs),
        RequestInterval: from.requiredNumber("requestInterval"),
        Type: choice("type", types, from.requiredString("type")),
      },
    });
    return { id: sent(HealthCheck?.Id, "HealthCheck.Id") };
  },
  async complete(aws, id, inputs) {
    const AddTags = tagList(inputs);
    if (AddTags.length === 0) return;
    await (
      await aws.route53()
    ).changeTagsForResource({ ResourceId: id, ResourceType: "healthcheck", AddTags });
  },
  async read(aws, id) {
    const route53 = await aws.route53();
    const found = await unlessGone(route53.getHealthCheck({ HealthCheckId: id }), "NoSuchHealthCheck");
    const config = found?.HealthCheck?.HealthCheckConfig;
    if (config === undefined) return undefined;
    const { ResourceTagSet } = await route53.listTagsForResource({
      ResourceId: id,
      ResourceType: "healthcheck",
    });
    return present({
      arn: `arn:aws:route53:::healthcheck/${id}`,
      enableSni: config.EnableSNI,
      failureThreshold: config.FailureThreshold,
      fqdn: config.FullyQualifiedDomainName,
      port: config.Port,
      requestInterval: config.RequestInterval,
      resourcePath: config.ResourcePath,
      type: config.Type,
      ...tagProperties(ResourceTagSet?.Tags),
    } satisfies Known<HealthCheckState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const route53 = await aws.route53();
    if ([...changed].some((property) => property !== "tags")) {
      await route53.updateHealthCheck({ HealthCheckId: id, ...changeableOf(inputs) });
    }
    const { set, remove } = tagChange(old, inputs);
    if (set.length === 0 && remove.length === 0) return;
    await route53.changeTagsForResource({
      ResourceId: id,
      ResourceType: "healthcheck",
      AddTags: set.length > 0 ? set : undefined,
      RemoveTagKeys: remove.length > 0 ? remove : undefined,
    });
  },
  async delete(aws, id) {
    await unlessGone((await aws.route53()).deleteHealthCheck({ HealthCheckId: id }), "NoSuchHealthCheck");
  },
};

function changeableOf(inputs: Properties) {
  const from = reading<HealthCheckArgs>(inputs);
  return {
    EnableSNI: from.boolean("enableSni"),
    FailureThreshold: from.number("failureThreshold"),
    FullyQualifiedDomainName: from.string("fqdn"),
    Port: from.number("port"),
    ResourcePath: from.string("resourcePath"),
  };
}

/** Values that Route 53 refuses. Source: its API reference, HealthCheckConfig. */
function checkHealthCheck(inputs: Properties): readonly CheckFailure[] {
  const from = reading<HealthCheckArgs>(inputs);
  const failures: CheckFailure[] = [];
  const type = from.string("type");
  if (type !== undefined && !types.some((known) => known === type)) {
    failures.push({ property: "type", reason: `${type} - allowed here: ${types.join(", ")}` });
  }
  const interval = from.number("requestInterval");
  if (interval !== undefined && interval !== 10 && interval !== 30) {
    failures.push({ property: "requestInterval", reason: `${String(interval)} - allowed: 10 or 30` });
  }
  const threshold = from.number("failureThreshold");
  if (threshold !== undefined && !(threshold >= 1 && threshold <= 10)) {
    failures.push({ property: "failureThreshold", reason: `${String(threshold)} - allowed: 1 to 10` });
  }
  return failures;
}
