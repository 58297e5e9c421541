import { awsClients, type AwsTarget } from "../localAws/providers/aws/clients";

/** The launcher's tag on the servers that it starts; lambda/server.ts sets it. */
const ownerTag = "launcher:owner";

/**
 * Terminates the servers that the stack's launcher has started. They are not in Pulumi's state, and the network
 * cannot be deleted while they use it. The stack has its own account, so all of these servers belong to the stack.
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
