import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { judgeAll } from "../../unknown";
import { beanstalkOption, beanstalkTypes } from "./beanstalk";
import { specificationsOf, specificationTypes, type Property } from "./specifications";

/** The types that give instances a key pair. */
export const keyPairTypes = [
  ...specificationTypes,
  ...beanstalkTypes,
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:emr/cluster:Cluster",
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
] as const satisfies readonly Token[];

/** The names of the key pairs that a resource uses. */
export function* keyPairsOf(resource: AnyResource): Iterable<Property<string | undefined>> {
  yield* judgeAll(specificationsOf(resource), ({ at, value }) => [
    { at: `${at}keyName`, value: value.keyName },
  ]);
  if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) {
    yield { at: "keyName", value: resource.props.keyName };
  } else if (isResource(resource, "aws:eks/nodeGroup:NodeGroup")) {
    yield { at: "remoteAccess.ec2SshKey", value: resource.props.remoteAccess?.ec2SshKey };
  } else if (isResource(resource, "aws:batch/computeEnvironment:ComputeEnvironment")) {
    yield { at: "computeResources.ec2KeyPair", value: resource.props.computeResources?.ec2KeyPair };
  } else if (isResource(resource, "aws:emr/cluster:Cluster")) {
    yield { at: "ec2Attributes.keyName", value: resource.props.ec2Attributes?.keyName };
  } else if (
    isResource(resource, "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration")
  ) {
    yield { at: "keyPair", value: resource.props.keyPair };
  }
  yield* beanstalkOption(resource, "aws:autoscaling:launchconfiguration", "EC2KeyName");
}
