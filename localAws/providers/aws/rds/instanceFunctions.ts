import type { GetInstanceResult, GetInstancesArgs, GetInstancesResult } from "@pulumi/aws/rds";

import { sent } from "../gone";
import type { FunctionType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** The database instances with all of the given tags. */
export const getInstances: FunctionType = {
  token: "aws:rds/getInstances:getInstances",
  args: ["tags"],
  async invoke(aws, args) {
    const wanted = Object.entries(reading<GetInstancesArgs>(args).stringMap("tags") ?? {});
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({});
    const found = DBInstances.filter(({ TagList = [] }) =>
      wanted.every(([key, value]) => TagList.some(({ Key, Value }) => Key === key && Value === value)),
    );
    return present({
      ...args,
      id: aws.region,
      instanceArns: found.map(({ DBInstanceArn }) => sent(DBInstanceArn, "DBInstanceArn")),
      instanceIdentifiers: found.map((each) => sent(each.DBInstanceIdentifier, "DBInstanceIdentifier")),
      region: aws.region,
    } satisfies Known<GetInstancesResult>);
  },
};

/** A database instance by its identifier. */
export const getInstance: FunctionType = {
  token: "aws:rds/getInstance:getInstance",
  args: ["dbInstanceIdentifier"],
  async invoke(aws, args) {
    const DBInstanceIdentifier = reading<GetInstanceResult>(args).requiredString("dbInstanceIdentifier");
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({ DBInstanceIdentifier });
    const found = sent(DBInstances[0], `DBInstance ${DBInstanceIdentifier}`);
    return present({
      allocatedStorage: found.AllocatedStorage,
      availabilityZone: found.AvailabilityZone,
      dbInstanceArn: found.DBInstanceArn,
      dbInstanceClass: found.DBInstanceClass,
      dbInstanceIdentifier: found.DBInstanceIdentifier,
      dbName: found.DBName,
      engine: found.Engine,
      engineVersion: found.EngineVersion,
      id: found.DBInstanceIdentifier,
      maxAllocatedStorage: found.MaxAllocatedStorage,
      multiAz: found.MultiAZ,
      preferredBackupWindow: found.PreferredBackupWindow,
      preferredMaintenanceWindow: found.PreferredMaintenanceWindow,
      region: aws.region,
      resourceId: found.DbiResourceId,
      storageType: found.StorageType,
      tags: tagProperties(found.TagList).tagsAll,
    } satisfies Known<GetInstanceResult>);
  },
};
