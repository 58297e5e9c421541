import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountIdOf, partitionOf, regionOf } from "../settings/account";
import { named } from "../settings/named";
import { parseSettings } from "../settings/parse";
import { allowing, createRole, trustPolicy, type Role } from "../shared/roles";
import type { ScheduledPauseArgs } from "./args";
import { lifetimeSettings } from "./settings";
import { utcSeconds } from "./utc";

export type { ScheduledPauseArgs } from "./args";

/**
 * Pauses a stack at a time, without a machine of the user's: EventBridge Scheduler calls AWS's APIs itself.
 *
 * - The group's minimum, desired and maximum size become 0. It is no scheduled action of Auto Scaling: AWS deletes such
 *   an action after its time, and refuses a start in the past, so the next `up` with a refresh would fail.
 * - The database stops, and again each day: AWS starts a stopped database after seven days.
 */
export class ScheduledPause extends pulumi.ComponentResource {
  /** @throws InvalidSettingsError for a wrong time, before any resource is registered. */
  constructor(name: string, args: ScheduledPauseArgs, opts?: pulumi.ComponentResourceOptions) {
    const { endsAt } = args;
    parseSettings(`ScheduledPause "${name}"`, lifetimeSettings, { endsAt });
    super("wordpress:pause:ScheduledPause", name, {}, opts);

    const prefix = `${name}-pause`;
    const tags = args.tags ?? {};
    const group = new aws.scheduler.ScheduleGroup(prefix, { tags: named(prefix, tags) }, { parent: this });
    const role = this.role(prefix, { ...args, tags }, group);
    const utc = utcSeconds(endsAt);
    const call = { group, role, parent: this };
    createCall(`${prefix}-servers`, call, {
      action: "autoscaling:updateAutoScalingGroup",
      input: { AutoScalingGroupName: args.autoScalingGroupName, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 },
      timing: { scheduleExpression: `at(${utc})` },
      maxRetries: 10,
    });
    createCall(`${prefix}-database`, call, {
      action: "rds:stopDBInstance",
      // The spelling of the scheduler, not of RDS's own API.
      input: { DbInstanceIdentifier: args.databaseIdentifier },
      timing: { scheduleExpression: "rate(1 day)", startDate: `${utc}Z` },
      // RDS refuses to stop a stopped database, and the next day's call comes.
      maxRetries: 2,
    });
    this.registerOutputs({});
  }

  /** May set the size of this group, and stop this database. */
  private role(name: string, args: ScheduledPauseArgs, group: aws.scheduler.ScheduleGroup): Role {
    const { existingRoleArn, autoScalingGroupName, databaseIdentifier, tags = {} } = args;
    const [partition, region, accountId] = [partitionOf(this), regionOf(this), accountIdOf(this)];
    const trust = trustPolicy("scheduler.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": accountId, "aws:SourceArn": group.arn },
    });
    const arn = (service: string, rest: pulumi.Input<string>) =>
      pulumi.interpolate`arn:${partition}:${service}:${region}:${accountId}:${rest}`;
    const policy = allowing([
      {
        Sid: "EndServers",
        Action: "autoscaling:UpdateAutoScalingGroup",
        Resource: arn(
          "autoscaling",
          pulumi.interpolate`autoScalingGroup:*:autoScalingGroupName/${autoScalingGroupName}`,
        ),
      },
      {
        Sid: "StopDatabase",
        Action: "rds:StopDBInstance",
        Resource: arn("rds", pulumi.interpolate`db:${databaseIdentifier}`),
      },
    ]);
    return createRole(`${name}-scheduler`, trust, policy, { tags, parent: this, existingRoleArn });
  }
}

interface CallPlace {
  readonly group: aws.scheduler.ScheduleGroup;
  readonly role: Role;
  readonly parent: pulumi.Resource;
}

interface Call {
  /** The service and the action as EventBridge Scheduler names them. */
  readonly action: string;
  readonly input: Readonly<Record<string, pulumi.Input<string | number>>>;
  readonly timing: Pick<aws.scheduler.ScheduleArgs, "scheduleExpression" | "startDate">;
  readonly maxRetries: number;
}

const maxAgeSeconds = 3_600;

/** A schedule that calls AWS's API. */
function createCall(name: string, { group, role, parent }: CallPlace, call: Call): void {
  new aws.scheduler.Schedule(
    name,
    {
      ...call.timing,
      groupName: group.name,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: pulumi.interpolate`arn:${partitionOf(parent)}:scheduler:::aws-sdk:${call.action}`,
        roleArn: role.arn,
        input: pulumi.jsonStringify(call.input),
        retryPolicy: { maximumRetryAttempts: call.maxRetries, maximumEventAgeInSeconds: maxAgeSeconds },
      },
    },
    { parent, dependsOn: [...role.ready] },
  );
}
