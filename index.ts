import * as pulumi from "@pulumi/pulumi";

import { costOf } from "./components/cost/cost";
import { Database } from "./components/database/database";
import { DestroyGuard } from "./components/destroyGuard/destroyGuard";
import { Monitoring } from "./components/monitoring/monitoring";
import { serversUseNat } from "./components/network/flows";
import { Network } from "./components/network/network";
import { ScheduledLauncher } from "./components/scheduledLauncher/scheduledLauncher";
import { ScheduledPause } from "./components/scheduledPause/scheduledPause";
import { ownSettingsFile } from "./components/settings/ownFile";
import { printTracesAtOnce } from "./components/settings/unexpectedError";
import { WordPressFleet } from "./components/wordpressFleet/wordpressFleet";
import {
  isProtected,
  placeOfRun,
  readSettings,
  settingsFileName,
  stackTags,
  wantsConnectEndpoint,
} from "./config";
import { settleInAccount } from "./settingsInAccount";
import { settleInRegion, siteName } from "./settingsInPlace";

const name = siteName;

/**
 * Builds the site from the stack's settings, and returns the stack's outputs.
 *
 * It is a function, so that one process can run it for many stacks.
 */
async function program() {
  printTracesAtOnce();
  const given = readSettings(ownSettingsFile());
  const { availabilityZones, region } = await settleInAccount(settingsFileName(), given, placeOfRun());
  const settings = settleInRegion(given, region);
  const tags = stackTags(settings);
  const { endsAt } = settings.lifetime;

  const network = new Network(name, {
    ...settings.network,
    availabilityZones,
    instanceConnectEndpoint: wantsConnectEndpoint(settings),
    https: settings.fleet.domain !== undefined,
    serverSubnets: settings.fleet.subnets,
    sharedUploads: settings.fleet.uploads === "shared",
    imageBuilder: settings.fleet.image.source === "bake",
    mail: settings.fleet.mail.method === "ses",
    tags,
  });

  const database = new Database(name, {
    ...settings.database,
    subnetIds: network.privateSubnetIds,
    securityGroupIds: [network.databaseSecurityGroupId],
    tags,
  });

  const fleet = new WordPressFleet(name, {
    ...settings.fleet,
    vpcId: network.vpcId,
    loadBalancerSubnetIds: network.publicSubnetIds,
    instanceSubnetIds:
      settings.fleet.subnets === "public" ? network.publicSubnetIds : network.privateSubnetIds,
    loadBalancerSecurityGroupId: network.loadBalancerSecurityGroupId,
    instanceSecurityGroupId: network.instanceSecurityGroupId,
    database: {
      address: database.address,
      port: database.port,
      name: database.databaseName,
      secretArn: database.secretArn,
      identifier: database.identifier,
    },
    uploadsPlace:
      network.uploadsSecurityGroupId === undefined
        ? undefined
        : { subnetIds: network.privateSubnetIds, securityGroupId: network.uploadsSecurityGroupId },
    builderPlace: network.builderPlace,
    endsAt,
    serversHaveInternet: serversUseNat({
      nat: settings.network.natGateways !== "none",
      serverSubnets: settings.fleet.subnets,
    }),
    tags,
  });

  const launcher = new ScheduledLauncher(name, {
    ...settings.launcher,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    alarmTopicArn: fleet.topicArn,
    endsAt,
    tags,
  });

  const monitoring = new Monitoring(name, {
    ...settings.monitoring,
    // It ends in random characters.
    dashboardName: fleet.autoScalingGroupName,
    subjects: pulumi.output({
      siteUrl: fleet.url,
      loadBalancer: fleet.loadBalancerArnSuffix,
      targetGroup: fleet.targetGroupArnSuffix,
      autoScalingGroup: fleet.autoScalingGroupName,
      cpuTarget: settings.fleet.targetTracking?.cpuPercent,
      database: database.identifier,
      fileSystem: fleet.fileSystemId,
      launcher: {
        functionName: launcher.functionName,
        owner: launcher.owner,
        failuresQueue: launcher.failuresQueueName,
      },
      alarmArns: [...fleet.alarmArns, launcher.failuresAlarmArn],
    }),
  });

  const pause =
    endsAt === undefined
      ? []
      : [
          new ScheduledPause(name, {
            endsAt,
            autoScalingGroupName: fleet.autoScalingGroupName,
            databaseIdentifier: database.identifier,
            existingRoleArn: settings.launcher.existingRoleArn,
            tags,
          }),
        ];

  new DestroyGuard(name, {
    protect: isProtected(settings),
    resources: network.vpcParts.apply((parts) => [
      network,
      database,
      fleet,
      launcher,
      monitoring,
      ...pause,
      ...parts,
    ]),
  });

  const cost = costOf(settings);

  return {
    siteUrl: fleet.url,
    loadBalancerDnsName: fleet.loadBalancerDnsName,
    targetGroupArn: fleet.targetGroupArn,
    autoScalingGroupName: fleet.autoScalingGroupName,
    notificationTopicArn: fleet.topicArn,
    dashboardName: monitoring.dashboardName,
    vpcId: network.vpcId,
    databaseAddress: database.address,
    adminSecretArn: fleet.adminSecretArn,
    launcherFunctionName: launcher.functionName,
    launcherScheduleName: launcher.scheduleName,
    launcherResultsQueueUrl: launcher.resultsQueueUrl,
    launcherFailuresQueueUrl: launcher.failuresQueueUrl,
    estimatedDollarsPerHour: Number(cost.dollarsPerHour.toFixed(4)),
    estimatedDollarsPerMonth: Number(cost.dollarsPerMonth.toFixed(2)),
    estimatedDollarsPerMonthAtMost: Number(cost.mostDollarsPerMonth.toFixed(2)),
  };
}

export = program;
