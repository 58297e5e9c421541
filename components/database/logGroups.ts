import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { DatabaseSettings } from "./options";

/** The logs that RDS sends to CloudWatch Logs. */
export const logTypes = ["error", "slowquery"] as const;

/**
 * Creates the log groups before the database. Otherwise RDS would create them without tags and without expiry, and would
 * not delete them.
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
