import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

/**
 * The resource types that rules know, by the token under which the engine shows them. The classes are used
 * as types only: loading them would cost every run more than all rules together. A test compares each token
 * with its class's own.
 */
export interface ResourceTypes {
  "aws:autoscaling/attachment:Attachment": typeof aws.autoscaling.Attachment;
  "aws:autoscaling/group:Group": typeof aws.autoscaling.Group;
  "aws:autoscaling/schedule:Schedule": typeof aws.autoscaling.Schedule;
  "aws:ec2/eip:Eip": typeof aws.ec2.Eip;
  "aws:ec2/eipAssociation:EipAssociation": typeof aws.ec2.EipAssociation;
  "aws:ec2/instance:Instance": typeof aws.ec2.Instance;
  "aws:ec2/launchTemplate:LaunchTemplate": typeof aws.ec2.LaunchTemplate;
  "aws:ec2/securityGroup:SecurityGroup": typeof aws.ec2.SecurityGroup;
  "aws:ec2/securityGroupRule:SecurityGroupRule": typeof aws.ec2.SecurityGroupRule;
  "aws:lambda/function:Function": typeof aws.lambda.Function;
  "aws:rds/cluster:Cluster": typeof aws.rds.Cluster;
  "aws:rds/clusterInstance:ClusterInstance": typeof aws.rds.ClusterInstance;
  "aws:rds/instance:Instance": typeof aws.rds.Instance;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": typeof aws.vpc.SecurityGroupIngressRule;
}

/** A resource type's token, e.g. `aws:ec2/launchTemplate:LaunchTemplate`. */
export type Token = keyof ResourceTypes;

/** What a resource of that type is given, with no Outputs left in it. */
export type PropsOf<T extends Token> = ResourceTypes[T] extends abstract new (
  name: string,
  args: infer Args,
  ...rest: infer _Rest
) => unknown
  ? Unwrap<NonNullable<Args>>
  : never;

/** A resource as the engine shows it, of any type. */
export interface AnyResource {
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  readonly urn: string;
  readonly props: object;
}

/** A resource of one known type. */
export interface ResourceOf<T extends Token> extends AnyResource {
  readonly type: T;
  readonly props: PropsOf<T>;
}

/** Whether the resource is of that type; its properties then are what the type's class takes. */
export function isResource<T extends Token>(resource: AnyResource, token: T): resource is ResourceOf<T> {
  return resource.type === token;
}
