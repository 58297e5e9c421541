import type * as pulumi from "@pulumi/pulumi";

import { WordPressFleet, type WordPressFleetArgs } from "../../../components/wordpressFleet/wordpressFleet";
import { runUnderMocks } from "../../support/mocks";

/** The arguments that other components give a fleet. */
export const place = {
  vpcId: "vpc-1",
  loadBalancerSubnetIds: ["subnet-public-a", "subnet-public-b"],
  instanceSubnetIds: ["subnet-private-a", "subnet-private-b"],
  loadBalancerSecurityGroupId: "sg-alb",
  instanceSecurityGroupId: "sg-servers",
  database: {
    address: "db.abcdefghijkl.us-east-1.rds.amazonaws.com",
    port: 3306,
    name: "wordpress",
    secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1",
    identifier: "site-database",
  },
  uploadsPlace: { subnetIds: ["subnet-private-a", "subnet-private-b"], securityGroupId: "sg-uploads" },
};

/** A fleet with its own image and target tracking, unless the arguments differ. */
export const fleetOf = (args: Partial<WordPressFleetArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  new WordPressFleet(
    "site",
    {
      ...place,
      image: { source: "existing", amiId: "ami-0123456789abcdef0" },
      targetTracking: { cpuPercent: 80 },
      ...args,
    },
    opts,
  );

/** The options of the only resource of a type in such a fleet: mocks receive only inputs. */
export async function optionsOf(
  type: string,
  args: Partial<WordPressFleetArgs> = {},
): Promise<pulumi.CustomResourceOptions> {
  const options: pulumi.CustomResourceOptions[] = [];
  const record: pulumi.ResourceTransformation = (resource) => {
    if (resource.type === type) options.push(resource.opts);
    return undefined;
  };
  await runUnderMocks(() => fleetOf(args, { transformations: [record] }).url);
  const [first] = options;
  if (first === undefined || options.length > 1) throw new Error(`${options.length} of ${type}`);
  return first;
}

/** The registered resources and the outputs of such a fleet. */
export const runFleet = (args: Partial<WordPressFleetArgs> = {}) =>
  runUnderMocks(() => {
    const { url, loadBalancerDnsName, targetGroupArn, autoScalingGroupName, ...fleet } = fleetOf(args);
    const { launchTemplateId, topicArn, adminSecretArn, roleName } = fleet;
    return {
      url,
      loadBalancerDnsName,
      targetGroupArn,
      autoScalingGroupName,
      launchTemplateId,
      topicArn,
      adminSecretArn,
      roleName,
    };
  });
