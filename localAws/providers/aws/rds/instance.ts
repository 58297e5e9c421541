import type { InstanceArgs } from "@pulumi/aws/rds";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList } from "../tags";
import { pick, reading } from "../values";
import { checkInstance } from "./instanceCheck";
import { instanceProperties } from "./instanceProperties";
import { findInstance, readInstance } from "./instanceRead";
import { restoreInstance, settleRestored } from "./instanceRestore";
import { largestStorageOf, logExportChange, settingsOf } from "./instanceSettings";
import { updateTags } from "./tags";

/** Time limits of creation and changes in seconds, as in the official provider. */
const readyWithinSeconds = 2400;
const goneWithinSeconds = 3600;

/** A database instance. Its id is RDS's resource id (`db-…`), which does not change with the identifier. */
export const instance: ResourceType<InstanceArgs> = {
  token: "aws:rds/instance:Instance",
  properties: instanceProperties,
  renewedBy: (changed) => [
    ...(changed.has("identifier") ? ["address", "arn", "endpoint"] : []),
    ...(changed.has("engineVersion") ? ["engineVersionActual"] : []),
    ...(changed.has("manageMasterUserPassword") ? ["masterUserSecrets"] : []),
  ],
  check: checkInstance,
  async create(aws, inputs) {
    const from = reading<InstanceArgs>(inputs);
    const snapshot = from.string("snapshotIdentifier");
    if (snapshot !== undefined) return { id: await restoreInstance(aws, inputs, snapshot) };
    const { DBInstance } = await (
      await aws.rds()
    ).createDBInstance({
      ...settingsOf(inputs),
      DBInstanceIdentifier: from.requiredString("identifier"),
      DBInstanceClass: from.requiredString("instanceClass"),
      Engine: from.requiredString("engine"),
      AvailabilityZone: from.string("availabilityZone"),
      DBName: from.string("dbName"),
      EnableCloudwatchLogsExports: from.strings("enabledCloudwatchLogsExports"),
      KmsKeyId: from.string("kmsKeyId"),
      ManageMasterUserPassword: from.boolean("manageMasterUserPassword"),
      MasterUserPassword: from.string("password"),
      MasterUserSecretKmsKeyId: from.string("masterUserSecretKmsKeyId"),
      MasterUsername: from.requiredString("username"),
      StorageEncrypted: from.boolean("storageEncrypted"),
      Tags: newTagList(inputs),
    });
    return { id: sent(DBInstance?.DbiResourceId, "DbiResourceId") };
  },
  async complete(aws, id, inputs) {
    await untilAvailable(aws, id);
    const from = reading<InstanceArgs>(inputs);
    if (from.string("snapshotIdentifier") === undefined) return;
    await settleRestored(aws, inputs);
    await untilAvailable(aws, id);
  },
  read: readInstance,
  /** Import id: the identifier. */
  async imported(aws, identifier) {
    const answer = await unlessGone(
      (await aws.rds()).describeDBInstances({ DBInstanceIdentifier: identifier }),
      "DBInstanceNotFoundFault",
    );
    const id = answer?.DBInstances?.[0]?.DbiResourceId;
    return id === undefined ? undefined : { id, prior: {} };
  },
  async update(aws, change) {
    const { id, old, new: inputs, changed } = change;
    const from = reading<InstanceArgs>(inputs);
    const identifier = reading<InstanceArgs>(old).requiredString("identifier");
    // Before a new identifier changes the ARN, which the tags need.
    await updateTags(aws, change);
    const manages = changed.has("manageMasterUserPassword") || changed.has("masterUserSecretKmsKeyId");
    if ([...changed].some((name) => !steersProvider.has(name))) {
      await (
        await aws.rds()
      ).modifyDBInstance({
        // Only the changed properties, so that changes by RDS (e.g. of the storage) are not reverted.
        ...settingsOf(pick(inputs, changed)),
        ApplyImmediately: from.boolean("applyImmediately"),
        AllowMajorVersionUpgrade: from.boolean("allowMajorVersionUpgrade"),
        CloudwatchLogsExportConfiguration: logExportChange(old, inputs),
        DBInstanceIdentifier: identifier,
        DBInstanceClass: changed.has("instanceClass") ? from.string("instanceClass") : undefined,
        MaxAllocatedStorage: changed.has("maxAllocatedStorage") ? largestStorageOf(inputs) : undefined,
        ManageMasterUserPassword: manages ? (from.boolean("manageMasterUserPassword") ?? false) : undefined,
        MasterUserPassword: changed.has("password") ? from.string("password") : undefined,
        MasterUserSecretKmsKeyId: manages ? from.string("masterUserSecretKmsKeyId") : undefined,
        NewDBInstanceIdentifier: changed.has("identifier") ? from.string("identifier") : undefined,
      });
      await untilAvailable(aws, id);
    }
  },
  async delete(aws, id, state) {
    const rds = await aws.rds();
    const found = await findInstance(aws, id);
    if (found === undefined) return;
    const from = reading<InstanceArgs>(state);
    const skip = from.boolean("skipFinalSnapshot") ?? false;
    const snapshot = from.string("finalSnapshotIdentifier");
    if (!skip && snapshot === undefined) {
      throw new Error(
        `finalSnapshotIdentifier: missing, and ${sent(found.DBInstanceIdentifier, "an identifier")} is deleted with a final snapshot - set it, or skipFinalSnapshot: true, and run up before the next attempt`,
      );
    }
    await unlessGone(
      rds.deleteDBInstance({
        DBInstanceIdentifier: found.DBInstanceIdentifier,
        DeleteAutomatedBackups: from.boolean("deleteAutomatedBackups") ?? true,
        FinalDBSnapshotIdentifier: skip ? undefined : snapshot,
        SkipFinalSnapshot: skip,
      }),
      "DBInstanceNotFoundFault",
    );
    await rds.waitUntilDBInstanceDeleted(
      { DBInstanceIdentifier: found.DBInstanceIdentifier },
      { maxWaitTime: goneWithinSeconds, minDelay: 1, maxDelay: 10 },
    );
  },
};

/** Properties that need no request if nothing else changes. */
const steersProvider: ReadonlySet<string> = new Set([
  "allowMajorVersionUpgrade",
  "applyImmediately",
  "deleteAutomatedBackups",
  "finalSnapshotIdentifier",
  "skipFinalSnapshot",
  "tags",
]);

async function untilAvailable(aws: AwsClients, id: string): Promise<void> {
  const rds = await aws.rds();
  await rds.waitUntilDBInstanceAvailable(
    { Filters: [{ Name: "dbi-resource-id", Values: [id] }] },
    { maxWaitTime: readyWithinSeconds, minDelay: 1, maxDelay: 10 },
  );
}
