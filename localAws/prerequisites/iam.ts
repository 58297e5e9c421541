import path from "node:path";

import { awsClients, type AwsTarget } from "../providers/aws/clients";
import { isMarked, markTags, unless } from "./mark";

/** The services that a lab's role trusts. */
const services = ["ec2", "lambda", "autoscaling", "events", "scheduler", "ssm", "rds"];
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: services.map((name) => `${name}.amazonaws.com`) },
      Action: "sts:AssumeRole",
    },
  ],
});

/** @param role the name, after its path if it has one. */
export async function ensureRole(target: AwsTarget, role: string): Promise<void> {
  const iam = await awsClients(target).iam();
  await unless(
    "EntityAlreadyExistsException",
    iam.createRole({
      RoleName: path.posix.basename(role),
      Path: path.posix.join("/", path.posix.dirname(role), "/"),
      AssumeRolePolicyDocument: trust,
      Tags: markTags,
    }),
  );
}

/** Deletes the role that {@link ensureRole} created. */
export async function removeRole(target: AwsTarget, role: string): Promise<void> {
  const iam = await awsClients(target).iam();
  const RoleName = path.posix.basename(role);
  await unless(
    "NoSuchEntityException",
    (async () => {
      const { Role } = await iam.getRole({ RoleName });
      if (isMarked(Role?.Tags)) await iam.deleteRole({ RoleName });
    })(),
  );
}

/** @param role the role of servers with this profile; undefined leaves the profile empty. */
export async function ensureInstanceProfile(
  target: AwsTarget,
  name: string,
  role: string | undefined,
): Promise<void> {
  const iam = await awsClients(target).iam();
  await unless(
    "EntityAlreadyExistsException",
    iam.createInstanceProfile({ InstanceProfileName: name, Tags: markTags }),
  );
  if (role === undefined) return;
  // Checked first: the SDK reads the error for a second role as throttling, and retries.
  const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: name });
  if ((InstanceProfile?.Roles ?? []).length > 0) return;
  await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: path.posix.basename(role) });
}

/** Deletes the instance profile that {@link ensureInstanceProfile} created. */
export async function removeInstanceProfile(target: AwsTarget, name: string): Promise<void> {
  const iam = await awsClients(target).iam();
  const InstanceProfileName = name;
  await unless(
    "NoSuchEntityException",
    (async () => {
      const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName });
      if (!isMarked(InstanceProfile?.Tags)) return;
      for (const { RoleName } of InstanceProfile?.Roles ?? []) {
        await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
      }
      await iam.deleteInstanceProfile({ InstanceProfileName });
    })(),
  );
}
