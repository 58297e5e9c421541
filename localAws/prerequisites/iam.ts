import path from "node:path";

import { awsClients, type AwsTarget } from "../providers/aws/clients";
import { isMarked, markTags, unless } from "./mark";

/** The services that a lab's role is trusted by. */
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

/** @param role its name, with its path before it if it has one. */
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

/** Removes the role that {@link ensureRole} made. */
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

/** @param role what servers with the profile run as; undefined leaves it empty. */
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
  // Asked first: the refusal of a second role has a name that the SDK takes for throttling, so it waits and tries again.
  const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: name });
  if ((InstanceProfile?.Roles ?? []).length > 0) return;
  await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: path.posix.basename(role) });
}

/** Removes the instance profile that {@link ensureInstanceProfile} made. */
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
