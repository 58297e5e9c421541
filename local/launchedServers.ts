import { awsClients, type AwsTarget } from "../localAws/providers/aws/clients";

/** The tag by which the launcher knows the servers that it started; lambda/server.ts sets it. */
const ownerTag = "launcher:owner";

/**
 * Ends the servers that the stack's launcher has started. Pulumi does not know of them, and they would hold on to
 * the network that it is to delete. The account is the stack's own, so all of them are its.
 */
export async function endLaunchedServers(target: AwsTarget): Promise<void> {
  const ec2 = await awsClients(target).ec2();
  const { Reservations } = await ec2.describeInstances({
    Filters: [
      { Name: "tag-key", Values: [ownerTag] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ],
  });
  const InstanceIds = (Reservations ?? []).flatMap(({ Instances }) =>
    (Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
  );
  if (InstanceIds.length > 0) await ec2.terminateInstances({ InstanceIds });
}
