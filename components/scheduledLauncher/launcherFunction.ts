import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountIdOf, partitionOf, regionOf } from "../settings/account";
import { named } from "../settings/named";
import type { ServerImage } from "../shared/images";
import type { Role } from "../shared/roles";
import { runtime } from "./bundle";
import { environmentOf } from "./environment";
import { handlerFile } from "./handlerFile";
import { ownOwner } from "./owner";
import type { Queues } from "./queues";
import { functionRole } from "./roles";
import type { SettledLauncher } from "./settings";

/** The resources that the function uses. */
export interface FunctionSurroundings {
  /** The component's name. */
  readonly launcherName: string;
  readonly image: ServerImage;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly queues: Queues;
  readonly parent: pulumi.Resource;
}

/** Lambda retries an asynchronous invocation twice at most, and keeps its event for six hours at most. */
const lambdaLimits = { retries: 2, eventAgeSeconds: 21_600 } as const;

/** The function with its log group, its role and the queues for its results and failures. */
export function createLauncherFunction(
  name: string,
  settings: SettledLauncher,
  surroundings: FunctionSurroundings,
): aws.lambda.Function {
  const { parent } = surroundings;
  const logGroup = new aws.cloudwatch.LogGroup(
    name,
    { retentionInDays: settings.logRetentionDays, tags: named(name, settings.tags) },
    { parent },
  );
  const role = createRole(name, settings, surroundings, logGroup);
  const launcher = new aws.lambda.Function(
    name,
    {
      description: "Launches EC2 servers on a schedule, and terminates them when they expire.",
      code: pulumi.output(handlerFile()).apply(packageOf),
      handler: "index.handler",
      runtime,
      architectures: ["arm64"],
      role: role.arn,
      memorySize: settings.memoryMiB,
      timeout: settings.timeoutSeconds,
      // The function writes JSON itself. CloudWatch does not find its metrics in Lambda's JSON format.
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      environment: { variables: environmentVariables(settings, surroundings) },
      tags: named(name, settings.tags),
    },
    { parent, dependsOn: [...role.ready] },
  );
  createDestinations(name, settings, launcher, role, surroundings);
  return launcher;
}

function packageOf(file: string): pulumi.asset.Archive {
  return new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.FileAsset(file) });
}

function createRole(
  name: string,
  settings: SettledLauncher,
  { launcherName, image, subnetIds, securityGroup, queues, parent }: FunctionSurroundings,
  logGroup: aws.cloudwatch.LogGroup,
): Role {
  const partition = partitionOf(parent);
  const region = regionOf(parent);
  const scope = {
    ec2Arn: pulumi.interpolate`arn:${partition}:ec2:${region}:${accountIdOf(parent)}`,
    imageArn: pulumi.interpolate`arn:${partition}:ec2:${region}::image/${image.imageId}`,
    owner: ownOwner(launcherName),
    instanceType: settings.instanceType,
    keyPairName: settings.keyPairName,
    subnetIds,
    securityGroupId: securityGroup.id,
    logGroupArn: logGroup.arn,
    queueArns: [queues.results.arn, queues.failures.arn],
  };
  return functionRole(`${name}-function`, scope, { ...settings, parent });
}

function environmentVariables(
  settings: SettledLauncher,
  { launcherName, image, subnetIds, securityGroup }: FunctionSurroundings,
): Record<string, pulumi.Input<string>> {
  return environmentOf<pulumi.Input<string>>(settings, {
    owner: ownOwner(launcherName),
    launcherName,
    imageId: image.imageId,
    rootDeviceName: image.rootDeviceName,
    subnetIds: subnetIds.apply((ids) => ids.join(",")),
    securityGroupId: securityGroup.id,
  });
}

function createDestinations(
  name: string,
  { maxRetries, maxEventAgeSeconds }: SettledLauncher,
  launcher: aws.lambda.Function,
  role: Role,
  { queues, parent }: FunctionSurroundings,
): void {
  new aws.lambda.FunctionEventInvokeConfig(
    name,
    {
      functionName: launcher.name,
      // A retry starts no server twice: see lambda/decide.ts.
      maximumRetryAttempts: Math.min(maxRetries, lambdaLimits.retries),
      maximumEventAgeInSeconds: Math.min(maxEventAgeSeconds, lambdaLimits.eventAgeSeconds),
      destinationConfig: {
        onSuccess: { destination: queues.results.arn },
        onFailure: { destination: queues.failures.arn },
      },
    },
    // Lambda checks that the role may send to the queues.
    { parent, dependsOn: [...role.ready] },
  );
}
