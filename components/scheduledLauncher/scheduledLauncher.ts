import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { nextRuns } from "../schedules/nextRuns";
import { parseScheduleExpression } from "../schedules/scheduleExpression";
import { named } from "../settings/named";
import { parseArgs } from "../settings/parse";
import { InvalidSettingsError } from "../settings/problem";
import { severalSubnets } from "../settings/subnets";
import type { ScheduledLauncherArgs } from "./args";
import { createLauncherFunction } from "./launcherFunction";
import { ownOwner } from "./owner";
import { createFailureAlarm, createQueues } from "./queues";
import { createSchedules } from "./schedules";
import { findServerImage } from "./serverImage";
import { serverTagProblems } from "./serverTags";
import { launcherArgs, type SettledLauncher } from "./settings";

export type { ScheduledLauncherArgs } from "./args";

/**
 * A function that starts EC2 servers on a schedule: once per planned time and up to a maximum. It terminates each server
 * when its time to live ends.
 */
export class ScheduledLauncher extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  /** The schedule that launches servers. */
  readonly scheduleName: pulumi.Output<string>;
  /** The queue with the results of invocations. */
  readonly resultsQueueUrl: pulumi.Output<string>;
  readonly failuresQueueName: pulumi.Output<string>;
  readonly failuresAlarmArn: pulumi.Output<string>;
  /** The dimension `Launcher` of the function's own metrics. */
  readonly owner: string;
  /** The queue with events that failed after all retries. */
  readonly failuresQueueUrl: pulumi.Output<string>;
  /** The servers' security group, which allows no inbound traffic. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The function's URL for IAM-authenticated callers; `undefined` unless the setting `functionUrl` is true. */
  readonly functionUrl: pulumi.Output<string> | undefined;

  /** @throws InvalidSettingsError that lists every wrong argument, before any resource is registered. */
  constructor(name: string, args: ScheduledLauncherArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = parseArgs("ScheduledLauncher", name, launcherArgs, args);
    const problems = serverTagProblems(settings, { launcherName: name, owner: ownOwner(name) });
    if (problems.length > 0) throw new InvalidSettingsError(`ScheduledLauncher "${name}"`, problems);
    super("wordpress:launcher:ScheduledLauncher", name, {}, opts);
    warnOfNoRuns(settings, this);

    const place = { tags: settings.tags, parent: this };
    const prefix = `${name}-launcher`;
    const queues = createQueues(prefix, place);
    const alarm = createFailureAlarm(`${prefix}-failures`, queues.failures, args.alarmTopicArn, place);
    const securityGroup = createServerGroup(`${name}-launched`, args.vpcId, place);
    const launcher = createLauncherFunction(prefix, settings, {
      launcherName: name,
      image: findServerImage(settings, this),
      subnetIds: severalSubnets(`ScheduledLauncher "${name}"`, "subnetIds", args.subnetIds),
      securityGroup,
      queues,
      parent: this,
    });
    const { failures } = queues;
    const schedule = createSchedules(prefix, settings, { launcher, failures, parent: this });

    this.functionName = launcher.name;
    this.scheduleName = schedule.name;
    this.resultsQueueUrl = queues.results.url;
    this.failuresQueueUrl = queues.failures.url;
    this.failuresQueueName = failures.name;
    this.failuresAlarmArn = alarm.arn;
    this.owner = ownOwner(name);
    this.securityGroupId = securityGroup.id;
    this.functionUrl = settings.functionUrl ? createFunctionUrl(prefix, launcher, this) : undefined;
    this.registerOutputs({
      functionName: this.functionName,
      scheduleName: this.scheduleName,
      resultsQueueUrl: this.resultsQueueUrl,
      failuresQueueUrl: this.failuresQueueUrl,
      securityGroupId: this.securityGroupId,
      functionUrl: this.functionUrl,
    });
  }
}

/** A one-time schedule in the past is valid, as the stack must stay deployable, but worth a warning. */
function warnOfNoRuns({ schedule, timeZone }: SettledLauncher, launcher: pulumi.Resource): void {
  const runs = nextRuns(parseScheduleExpression(schedule), { timeZone, from: Date.now(), count: 1 });
  if (runs.length > 0) return;
  void pulumi.log.warn(`The schedule ${schedule} (${timeZone}) has no future run.`, launcher);
}

interface Place {
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** No inbound traffic. Outbound only HTTP and HTTPS, for packages and AWS's services. AWS replaces a group when its description changes. */
function createServerGroup(
  name: string,
  vpcId: pulumi.Input<string>,
  { tags, parent }: Place,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    {
      vpcId,
      description: "Servers of the scheduled launcher: nothing in, the web out",
      tags: named(name, tags),
    },
    { parent },
  );
  for (const [protocol, port] of Object.entries({ https: 443, http: 80 })) {
    const ruleName = `${name}-${protocol}-out`;
    new aws.vpc.SecurityGroupEgressRule(
      ruleName,
      {
        securityGroupId: group.id,
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        description: `${protocol} to anywhere`,
        tags: named(ruleName, tags),
      },
      // The alias keeps rules of stacks in which the group was the parent. A dependency on the component covers only its direct children.
      { parent, aliases: [{ parent: group }] },
    );
  }
  return group;
}

/** For callers of this account whose policies allow it. AWS refuses all others. */
function createFunctionUrl(
  name: string,
  launcher: aws.lambda.Function,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const url = new aws.lambda.FunctionUrl(
    name,
    { functionName: launcher.name, authorizationType: "AWS_IAM" },
    { parent },
  );
  return url.functionUrl;
}
