import type { LaunchTemplateArgs, LaunchTemplateState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { flagSpelling } from "../spellings";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { templateState, wireTemplate } from "./launchTemplateData";
import {
  blockDeviceProperties,
  interfaceProperties,
  tagSpecificationProperties,
} from "./launchTemplateParts";
import { metadataProperties } from "./metadataOptions";
import { retag, taggedAs } from "./tagging";

const ofTheTemplateItself = new Set(["name", "tags", "updateDefaultVersion"]);

const notFound = [
  "InvalidLaunchTemplateId.NotFound",
  "InvalidLaunchTemplateId.NotFoundException",
  "InvalidLaunchTemplateName.NotFoundException",
];

/** A launch template. A change creates a new version and keeps the old ones. */
export const launchTemplate: ResourceType<LaunchTemplateArgs> = {
  token: "aws:ec2/launchTemplate:LaunchTemplate",
  properties: {
    blockDeviceMappings: { nested: blockDeviceProperties },
    creditSpecification: { nested: { cpuCredits: {} } },
    description: {},
    disableApiStop: {},
    disableApiTermination: {},
    ebsOptimized: { spelling: flagSpelling },
    iamInstanceProfile: { nested: { arn: {}, name: {} } },
    imageId: {},
    instanceInitiatedShutdownBehavior: {},
    instanceMarketOptions: { nested: { marketType: {} } },
    instanceType: {},
    keyName: {},
    metadataOptions: { computed: true, nested: metadataProperties },
    monitoring: { nested: { enabled: {} } },
    name: { replace: true, autoName: { maxLength: 128 } },
    networkInterfaces: { nested: interfaceProperties },
    tagSpecifications: { nested: tagSpecificationProperties },
    tags: {},
    updateDefaultVersion: { notReadable: true },
    userData: {},
    vpcSecurityGroupIds: { set: true },
  },
  check: ({ networkInterfaces, vpcSecurityGroupIds }) =>
    networkInterfaces === undefined || vpcSecurityGroupIds === undefined
      ? []
      : [
          {
            property: "vpcSecurityGroupIds",
            reason: "with networkInterfaces, AWS requires the groups as their securityGroups",
          },
        ],
  renewedBy: (changed) =>
    [...changed].some((name) => !ofTheTemplateItself.has(name)) ? ["latestVersion", "defaultVersion"] : [],
  async create(aws, inputs) {
    const from = reading<LaunchTemplateArgs>(inputs);
    const ec2 = await aws.ec2();
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: from.requiredString("name"),
      LaunchTemplateData: await wireTemplate(inputs),
      VersionDescription: from.string("description"),
      ...taggedAs("launch-template", inputs),
    });
    return { id: sent(LaunchTemplate?.LaunchTemplateId, "LaunchTemplate.LaunchTemplateId") };
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(ec2.describeLaunchTemplates({ LaunchTemplateIds: [id] }), ...notFound);
    const found = answer?.LaunchTemplates?.[0];
    if (found === undefined) return undefined;
    const [{ LaunchTemplateVersions }, { Tags }] = await Promise.all([
      ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ["$Latest"] }),
      ec2.describeTags({ Filters: [{ Name: "resource-id", Values: [id] }] }),
    ]);
    const latest = LaunchTemplateVersions?.[0];
    return present({
      ...templateState(latest?.LaunchTemplateData ?? {}),
      arn: ec2Arn(aws, "launch-template", id),
      defaultVersion: found.DefaultVersionNumber,
      description: latest?.VersionDescription,
      latestVersion: found.LatestVersionNumber,
      name: found.LaunchTemplateName,
      ...tagProperties(Tags),
    } satisfies Known<LaunchTemplateState>);
  },
  async update(aws, change) {
    const { id: LaunchTemplateId, new: inputs, changed } = change;
    const from = reading<LaunchTemplateArgs>(inputs);
    const ec2 = await aws.ec2();
    if ([...changed].some((name) => !ofTheTemplateItself.has(name))) {
      const { LaunchTemplateVersion } = await ec2.createLaunchTemplateVersion({
        LaunchTemplateId,
        LaunchTemplateData: await wireTemplate(inputs),
        VersionDescription: from.string("description"),
      });
      if (from.boolean("updateDefaultVersion") === true) {
        const version = sent(LaunchTemplateVersion?.VersionNumber, "LaunchTemplateVersion.VersionNumber");
        await ec2.modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: String(version) });
      }
    }
    await retag(aws, change);
  },
  async delete(aws, LaunchTemplateId) {
    await unlessGone((await aws.ec2()).deleteLaunchTemplate({ LaunchTemplateId }), ...notFound);
  },
};
