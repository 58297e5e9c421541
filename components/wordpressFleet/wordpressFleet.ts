import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

import { regionOf } from "../settings/account";
import { parseArgs } from "../settings/parse";
import { severalSubnets } from "../settings/subnets";
import { createAdministratorSecret } from "./administrator";
import { createAlarms } from "./alarms";
import type { FleetDatabase, WordPressFleetArgs } from "./args";
import { createGroup, createGroupSize } from "./autoScalingGroup";
import { settleBuilder } from "./bakedImage";
import { createAlias, createCertificate, findZoneId } from "./domain";
import { createImage } from "./image";
import { createServerIdentity } from "./instanceProfile";
import { settleKeyPair } from "./keyPair";
import { createLaunchTemplate } from "./launchTemplate";
import {
  assertTargetGroupNameFits,
  createListeners,
  createLoadBalancer,
  createTargetGroup,
} from "./loadBalancer";
import { createMailIdentity, mailPolicy } from "./mail";
import { createTopic, notifyOfServers } from "./notifications";
import { serveVersion } from "./rollout/serveVersion";
import { createSchedules, createTargetTracking } from "./scaling";
import type { FleetScope } from "./scope";
import { fleetArgs } from "./settings";
import { createSiteHealthCheck } from "./siteHealthCheck";
import { planSizing } from "./sizing";
import { createUploads, settlePlace } from "./uploads";
import { assertUserDataFits, renderUserData } from "./userData";
import { createWebAcl } from "./webAcl";

export type { FleetDatabase, WordPressFleetArgs } from "./args";

type Settled = z.output<typeof fleetArgs>;

/**
 * Identical WordPress servers in two zones behind a load balancer. Settings, schedules or load determine their number.
 * Auto Scaling replaces unhealthy servers, and a rollout replaces all of them when their launch template changes.
 */
export class WordPressFleet extends pulumi.ComponentResource {
  /** The site's address: scheme and host. */
  readonly url: pulumi.Output<string>;
  readonly loadBalancerDnsName: pulumi.Output<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly launchTemplateId: pulumi.Output<string>;
  /** The last part of the load balancer's ARN, under which CloudWatch has its metrics. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /** The last part of the target group's ARN. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** Id of the file system of shared uploads; `undefined` with local uploads. */
  readonly fileSystemId: pulumi.Output<string> | undefined;
  readonly alarmArns: readonly pulumi.Output<string>[];
  /** Topic of the fleet's notifications and alarms. */
  readonly topicArn: pulumi.Output<string>;
  /** The secret with the first administrator's `username` and `password` as JSON, filled when the site is installed. */
  readonly adminSecretArn: pulumi.Output<string>;
  /** The servers' role; `undefined` when they have an existing instance profile. */
  readonly roleName: pulumi.Output<string> | undefined;

  /** @throws InvalidSettingsError that lists every wrong argument; nothing is registered then. */
  constructor(name: string, args: WordPressFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = parseArgs("WordPressFleet", name, fleetArgs, args);
    assertUserDataFits(settings.image.source);
    const subject = `WordPressFleet "${name}"`;
    assertTargetGroupNameFits(subject, name, settings);
    const uploadsPlace = settlePlace(subject, settings, args.uploadsPlace);
    const builderPlace = settleBuilder(subject, settings, args.builderPlace);
    super("wordpress:fleet:WordPressFleet", name, {}, opts);
    const scope: FleetScope = { name, tags: settings.tags, parent: this };
    const sizing = planSizing(settings);

    const loadBalancer = createLoadBalancer(scope, settings, {
      subnets: severalSubnets(subject, "loadBalancerSubnetIds", args.loadBalancerSubnetIds),
      securityGroupId: args.loadBalancerSecurityGroupId,
    });
    const targetGroup = createTargetGroup(scope, settings, args.vpcId);
    const certificateArn = nameSite(scope, settings, loadBalancer);
    const listeners = createListeners(scope, settings, loadBalancer, targetGroup, certificateArn);
    createWebAcl(scope, settings, loadBalancer);
    this.loadBalancerDnsName = loadBalancer.dnsName;
    this.url =
      settings.domain === undefined
        ? pulumi.interpolate`http://${loadBalancer.dnsName}`
        : pulumi.output(`https://${settings.domain.name}`);

    const uploads = createUploads(subject, scope, settings, uploadsPlace);
    const administrator = createAdministratorSecret(scope, settings);
    const identity = createServerIdentity(
      scope,
      settings.instanceProfileName,
      {
        databaseArn: args.database.secretArn,
        administratorArn: administrator.arn,
      },
      mailPolicy(settings.mail, this),
    );
    const launchTemplate = createLaunchTemplate(scope, settings, {
      image: createImage(scope, settings, builderPlace),
      securityGroupId: args.instanceSecurityGroupId,
      instanceProfileName: identity.instanceProfileName,
      keyPairName: settleKeyPair(scope, settings),
      userData: this.userData(settings, args.database, uploads.address, administrator.arn),
    });
    const group = createGroup(scope, settings, sizing, {
      launchTemplate,
      subnetIds: severalSubnets(subject, "instanceSubnetIds", args.instanceSubnetIds),
      targetGroup,
      listeners,
      serverNeeds: uploads.ready,
    });
    const size = createGroupSize(scope, sizing, group);
    serveVersion(scope, settings, sizing, { group, size, targetGroup, launchTemplate });
    createSchedules(scope, sizing, group);
    createTargetTracking(scope, sizing, group);

    const topic = createTopic(scope, settings);
    notifyOfServers(scope, group, topic);
    const alarms = createAlarms(scope, {
      loadBalancer,
      targetGroup,
      databaseIdentifier: args.database.identifier,
      siteHealthCheckId: createSiteHealthCheck(subject, scope, settings, loadBalancer),
      topic,
      paused: settings.paused,
    });

    this.targetGroupArn = targetGroup.arn;
    this.autoScalingGroupName = group.name;
    this.launchTemplateId = launchTemplate.id;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    this.targetGroupArnSuffix = targetGroup.arnSuffix;
    this.fileSystemId = uploads.fileSystemId;
    this.alarmArns = alarms.map(({ arn }) => arn);
    this.topicArn = topic.arn;
    this.adminSecretArn = administrator.arn;
    this.roleName = identity.roleName;
    this.registerOutputs({
      url: this.url,
      loadBalancerDnsName: this.loadBalancerDnsName,
      targetGroupArn: this.targetGroupArn,
      autoScalingGroupName: this.autoScalingGroupName,
      launchTemplateId: this.launchTemplateId,
      topicArn: this.topicArn,
      adminSecretArn: this.adminSecretArn,
      roleName: this.roleName,
    });
  }

  private userData(
    { image, siteTitle, adminEmail, serversHaveInternet, mail }: Settled,
    database: FleetDatabase,
    uploads: pulumi.Output<string>,
    adminSecretArn: pulumi.Output<string>,
  ): pulumi.Output<string> {
    const settings = pulumi.output({
      databaseAddress: database.address,
      databasePort: database.port,
      databaseName: database.name,
      databaseSecretArn: database.secretArn,
      region: regionOf(this),
      siteUrl: this.url,
      uploads,
      siteTitle,
      adminEmail,
      adminSecretArn,
      internet: serversHaveInternet,
      ...(mail.method === "none" ? {} : { mailFrom: mail.from, mailConfigurationSet: mail.configurationSet }),
    });
    return settings.apply((known) => renderUserData({ image: image.source, settings: known }));
  }
}

/** With a domain: its certificate, its alias of the load balancer, and the SES identity of the sender. */
function nameSite(
  scope: FleetScope,
  { domain, mail }: Settled,
  loadBalancer: aws.lb.LoadBalancer,
): pulumi.Output<string> | undefined {
  if (domain === undefined) return undefined;
  const zoneId = findZoneId(domain, scope.parent);
  createAlias(scope, domain, zoneId, loadBalancer);
  if (mail.method === "ses" && mail.identity === "create") createMailIdentity(scope, mail, zoneId);
  return createCertificate(scope, domain, zoneId);
}
