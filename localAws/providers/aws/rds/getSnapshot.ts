import type { GetSnapshotArgs, GetSnapshotResult } from "@pulumi/aws/rds";

import type { FunctionType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** A snapshot of a database instance by its identifier or its ARN. */
export const getSnapshot: FunctionType = {
  token: "aws:rds/getSnapshot:getSnapshot",
  args: ["dbSnapshotIdentifier", "includeShared"],
  async invoke(aws, args) {
    const from = reading<GetSnapshotArgs>(args);
    const { DBSnapshots = [] } = await (
      await aws.rds()
    ).describeDBSnapshots({
      DBSnapshotIdentifier: from.string("dbSnapshotIdentifier"),
      IncludeShared: from.boolean("includeShared"),
    });
    const [found] = DBSnapshots;
    if (found === undefined) {
      throw new Error("Your query returned no results. Please change your search criteria and try again.");
    }
    return present({
      ...args,
      allocatedStorage: found.AllocatedStorage,
      availabilityZone: found.AvailabilityZone,
      dbInstanceIdentifier: found.DBInstanceIdentifier,
      dbSnapshotArn: found.DBSnapshotArn,
      encrypted: found.Encrypted,
      engine: found.Engine,
      engineVersion: found.EngineVersion,
      id: found.DBSnapshotIdentifier,
      kmsKeyId: found.KmsKeyId,
      licenseModel: found.LicenseModel,
      optionGroupName: found.OptionGroupName,
      port: found.Port,
      region: aws.region,
      snapshotCreateTime: found.SnapshotCreateTime?.toISOString(),
      status: found.Status,
      storageType: found.StorageType,
      tags: tagProperties(found.TagList).tagsAll,
      vpcId: found.VpcId,
    } satisfies Known<GetSnapshotResult>);
  },
};
