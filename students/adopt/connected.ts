import type { AccountClients } from "../account/clients";
import { nameIn, programName, type Found } from "./found";

/** Resources without tags of their own, by the tagged ones that they belong to. */
export async function findConnected(
  clients: AccountClients,
  stackName: string,
  tagged: readonly Found[],
): Promise<readonly Found[]> {
  const ofType = (type: string) => tagged.filter((each) => each.type === type);
  const parts = [
    ...(await Promise.all(
      ofType("aws:lb/loadBalancer:LoadBalancer").map((each) => listenersOf(clients, each)),
    )),
    ...(await Promise.all(ofType("aws:rds/instance:Instance").map((each) => groupsOf(clients, each)))),
    ...(await Promise.all(
      ofType("aws:efs/fileSystem:FileSystem").map((each) => mountTargetsOf(clients, each, tagged)),
    )),
    ...ofType("aws:efs/fileSystem:FileSystem").map((each) => [
      { ...each, type: "aws:efs/fileSystemPolicy:FileSystemPolicy" },
    ]),
    ...ofType("aws:lambda/function:Function").map((each) => [
      { ...each, type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig" },
    ]),
    await fleetOf(clients, stackName),
    await schedulesOf(clients, ofType("aws:lambda/function:Function")),
  ];
  return parts.flat();
}

async function listenersOf(clients: AccountClients, { id }: Found): Promise<readonly Found[]> {
  const elb = await clients.elbv2();
  const { Listeners = [] } = await elb.describeListeners({ LoadBalancerArn: id });
  return Promise.all(
    Listeners.map(async ({ ListenerArn = "" }) => {
      const { TagDescriptions = [] } = await elb.describeTags({ ResourceArns: [ListenerArn] });
      return { type: "aws:lb/listener:Listener", name: nameIn(TagDescriptions[0]?.Tags), id: ListenerArn };
    }),
  );
}

/** The parameter group and the subnet group of a database. */
async function groupsOf(clients: AccountClients, { id }: Found): Promise<readonly Found[]> {
  const rds = await clients.rds();
  const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: id });
  const [database] = DBInstances;
  const group = (type: string, name: string | undefined): Found[] =>
    name === undefined || name.startsWith("default") ? [] : [{ type, name: programName(name), id: name }];
  return [
    ...group("aws:rds/parameterGroup:ParameterGroup", database?.DBParameterGroups?.[0]?.DBParameterGroupName),
    ...group("aws:rds/subnetGroup:SubnetGroup", database?.DBSubnetGroup?.DBSubnetGroupName),
  ];
}

/** A mount target's name ends with the number of its subnet. */
async function mountTargetsOf(
  clients: AccountClients,
  { id, name }: Found,
  tagged: readonly Found[],
): Promise<readonly Found[]> {
  const efs = await clients.efs();
  const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId: id });
  return MountTargets.flatMap(({ MountTargetId = "", SubnetId }) => {
    const subnet = tagged.find((each) => each.type === "aws:ec2/subnet:Subnet" && each.id === SubnetId);
    const number = /-(\d+)$/.exec(subnet?.name ?? "")?.[1];
    return number === undefined
      ? []
      : [{ type: "aws:efs/mountTarget:MountTarget", name: `${name}-${number}`, id: MountTargetId }];
  });
}

/** The Auto Scaling groups with their policies and scheduled actions, and the dashboard, which has a group's name. */
async function fleetOf(clients: AccountClients, stackName: string): Promise<readonly Found[]> {
  const autoScaling = await clients.autoScaling();
  const cloudWatch = await clients.cloudWatch();
  const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
    Filters: [{ Name: "tag:Stack", Values: [stackName] }],
  });
  const parts = await Promise.all(
    AutoScalingGroups.map(async ({ AutoScalingGroupName: group = "" }): Promise<readonly Found[]> => {
      const { ScalingPolicies = [] } = await autoScaling.describePolicies({ AutoScalingGroupName: group });
      const { ScheduledUpdateGroupActions = [] } = await autoScaling.describeScheduledActions({
        AutoScalingGroupName: group,
      });
      const { DashboardEntries = [] } = await cloudWatch.listDashboards({ DashboardNamePrefix: group });
      return [
        { type: "aws:autoscaling/group:Group", name: programName(group), id: group },
        ...DashboardEntries.filter(({ DashboardName }) => DashboardName === group).map(() => ({
          type: "aws:cloudwatch/dashboard:Dashboard",
          name: programName(group),
          id: group,
        })),
        ...ScalingPolicies.map(({ PolicyName = "" }) => ({
          type: "aws:autoscaling/policy:Policy",
          name: programName(PolicyName),
          id: `${group}/${PolicyName}`,
        })),
        ...ScheduledUpdateGroupActions.map(({ ScheduledActionName = "" }) => ({
          type: "aws:autoscaling/schedule:Schedule",
          name: programName(ScheduledActionName),
          id: `${group}/${ScheduledActionName}`,
        })),
      ];
    }),
  );
  return parts.flat();
}

/** The schedules that call the stack's functions, with their groups. */
async function schedulesOf(clients: AccountClients, functions: readonly Found[]): Promise<readonly Found[]> {
  if (functions.length === 0) return [];
  const scheduler = await clients.scheduler();
  const { Schedules = [] } = await scheduler.listSchedules({});
  const ours = Schedules.filter(({ Target }) =>
    functions.some(({ id }) => Target?.Arn?.endsWith(`:${id}`) === true),
  );
  const groups = new Set(ours.flatMap(({ GroupName }) => GroupName ?? []));
  return [
    ...ours.map(({ Name = "", GroupName = "" }) => ({
      type: "aws:scheduler/schedule:Schedule",
      name: programName(Name),
      id: `${GroupName}/${Name}`,
    })),
    ...[...groups]
      .filter((group) => group !== "default")
      .map((group) => ({
        type: "aws:scheduler/scheduleGroup:ScheduleGroup",
        name: programName(group),
        id: group,
      })),
  ];
}
