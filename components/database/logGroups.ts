import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { DatabaseSettings } from "./options";

/** The logs that RDS sends to CloudWatch. */
export const logTypes = ["error", "slowquery"] as const;

/**
 * The log groups of the database, made before it: RDS would make them itself, without tags, to be kept forever, and
 * would leave them behind.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MariaDB.PublishtoCloudWatchLogs.html
 */
export function createLogGroups(
  name: string,
  identifier: pulumi.Output<string>,
  { logRetentionDays, tags }: DatabaseSettings & { readonly tags: Readonly<Record<string, string>> },
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup[] {
  return logTypes.map((type) => {
    const groupName = `${name}-${type}`;
    return new aws.cloudwatch.LogGroup(
      groupName,
      {
        name: pulumi.interpolate`/aws/rds/instance/${identifier}/${type}`,
        retentionInDays: logRetentionDays,
        tags: named(groupName, tags),
      },
      { parent },
    );
  });
}
