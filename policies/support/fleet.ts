import { referredTo, type StackResourceOf } from "./stack";

type Group = StackResourceOf<"aws:autoscaling/group:Group">;
type LaunchTemplate = StackResourceOf<"aws:ec2/launchTemplate:LaunchTemplate">;
type SecurityGroup = StackResourceOf<"aws:ec2/securityGroup:SecurityGroup">;

/** The launch templates of Auto Scaling groups. */
export function launchTemplatesOf(groups: readonly Group[]): readonly LaunchTemplate[] {
  return groups.flatMap((group) =>
    ["launchTemplate", "mixedInstancesPolicy"].flatMap((property) =>
      referredTo(group, property, "aws:ec2/launchTemplate:LaunchTemplate"),
    ),
  );
}

/** The security groups of a template that belong to the stack. */
export function templateSecurityGroups(template: LaunchTemplate): readonly SecurityGroup[] {
  return ["networkInterfaces", "vpcSecurityGroupIds"].flatMap((property) =>
    referredTo(template, property, "aws:ec2/securityGroup:SecurityGroup"),
  );
}

/** The security groups of a group's servers that belong to the stack. */
export function securityGroupsOf(group: Group): readonly SecurityGroup[] {
  return launchTemplatesOf([group]).flatMap(templateSecurityGroups);
}
