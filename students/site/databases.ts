import type { DBInstance } from "@aws-sdk/client-rds";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";
import { sourcesTo } from "./access";
import { isOwn, tagsOf } from "./ownership";
import type { Site } from "./site";

/** A DB instance of RDS. */
export interface Database {
  readonly id: string;
  readonly arn: string;
  /** `available`, `stopped` and so on. */
  readonly state: string;
  readonly vpcId: string;
  readonly port: number;
  readonly isPublic: boolean;
  readonly isEncrypted: boolean;
  /** Ids of its security groups. */
  readonly groups: readonly string[];
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const mysqlPort = 3_306;

/** The student's databases, by identifier. */
export async function databasesOf(account: StudentAccount): Promise<readonly Database[]> {
  const rds = await account.rds();
  const { paginateDescribeDBInstances } = await import("@aws-sdk/client-rds");
  const all = await everyItem(
    paginateDescribeDBInstances({ client: rds }, {}),
    ({ DBInstances }) => DBInstances,
    ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
  );
  return all.filter(({ TagList }) => isOwn(account, TagList)).map(database);
}

function database(found: DBInstance): Database {
  return {
    id: found.DBInstanceIdentifier ?? "",
    arn: found.DBInstanceArn ?? "",
    state: found.DBInstanceStatus ?? "unknown",
    vpcId: found.DBSubnetGroup?.VpcId ?? "",
    port: found.Endpoint?.Port ?? found.DbInstancePort ?? mysqlPort,
    isPublic: found.PubliclyAccessible === true,
    isEncrypted: found.StorageEncrypted === true,
    groups: (found.VpcSecurityGroups ?? [])
      .flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [])
      .toSorted(),
    subnetIds: (found.DBSubnetGroup?.Subnets ?? [])
      .flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? [])
      .toSorted(),
    tags: tagsOf(found.TagList),
  };
}

/**
 * The site's database: the one whose security group admits the servers' security groups, else one in the site's VPC,
 * else the first.
 */
export async function databaseOf(account: StudentAccount, site: Site): Promise<Database | undefined> {
  const databases = await databasesOf(account);
  const serverGroups = new Set(site.servers.flatMap(({ groups }) => groups));
  const vpcId = site.servers[0]?.vpcId ?? site.targetGroup?.vpcId ?? site.balancer?.vpcId;
  const admitting = await Promise.all(
    databases.map(async ({ groups, port }) => {
      const sources = await sourcesTo(account, groups, port);
      return sources.some((source) => source.kind === "group" && serverGroups.has(source.groupId));
    }),
  );
  return (
    databases.find((_, index) => admitting[index] === true) ??
    databases.find((each) => each.vpcId === vpcId) ??
    databases[0]
  );
}
