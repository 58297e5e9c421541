import { isSet } from "../../isSet";
import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { isOff } from "../../spelling";
import { judgeAll } from "../../unknown";
import { beanstalkOption, beanstalkTypes } from "./beanstalk";
import { specificationsOf, specificationTypes, type MetadataOptions, type Property } from "./specifications";

/** The types that set the metadata service of instances. */
export const metadataTypes = [
  ...specificationTypes,
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
  "aws:sagemaker/notebookInstance:NotebookInstance",
  ...beanstalkTypes,
] as const satisfies readonly Token[];

/**
 * The options of the metadata service that a resource sets, and those that it does not set although nothing else would. A
 * specification of a Spot Fleet cannot have them.
 */
export function* metadataOptionsOf(resource: AnyResource): Iterable<Property<MetadataOptions | undefined>> {
  const at = "metadataOptions";
  if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) {
    yield { at, value: resource.props.metadataOptions };
  } else if (isResource(resource, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults")) {
    // The account's default may leave the choice to each instance, which the rule judges.
    if (resource.props.httpTokens === "optional") yield { at: "", value: resource.props };
  } else if (
    isResource(resource, "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration")
  ) {
    yield { at: "instanceMetadataOptions", value: resource.props.instanceMetadataOptions };
  } else if (isResource(resource, "aws:sagemaker/notebookInstance:NotebookInstance")) {
    const version =
      resource.props.instanceMetadataServiceConfiguration?.minimumInstanceMetadataServiceVersion;
    const httpTokens = version === "2" ? "required" : undefined;
    yield { at: "instanceMetadataServiceConfiguration", value: { httpTokens } };
  } else if (!isResource(resource, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    yield* judgeAll(specificationsOf(resource), ({ value }) =>
      !isSet(value, at) && isSet(value, "launchTemplate") ? [] : [{ at, value: value.metadataOptions }],
    );
  }
  const namespace = "aws:autoscaling:launchconfiguration";
  for (const option of beanstalkOption(resource, namespace, "DisableIMDSv1")) {
    if (isOff(option.value.toLowerCase())) yield { at: option.at, value: { httpTokens: "optional" } };
  }
}
