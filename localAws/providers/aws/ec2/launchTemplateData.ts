import type { RequestLaunchTemplateData, ResponseLaunchTemplateData } from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";
import type { LaunchTemplateArgs, LaunchTemplateState } from "@pulumi/aws/ec2";

import { choice } from "../choice";
import type { Properties } from "../resourceType";
import { filled, present, reading, type Known } from "../values";
import { instanceTypeOf } from "./instanceType";
import {
  blockDeviceState,
  flag,
  flagText,
  interfaceState,
  tagSpecificationState,
  wireBlockDevice,
  wireInterface,
  wireTagSpecification,
} from "./launchTemplateParts";
import { metadataState, wireMetadata } from "./metadataOptions";

/** The instance settings of a launch template, in AWS's request format. */
export async function wireTemplate(inputs: Properties): Promise<RequestLaunchTemplateData> {
  const from = reading<LaunchTemplateArgs>(inputs);
  const profile = from.object("iamInstanceProfile");
  const credit = from.object("creditSpecification");
  const market = from.object("instanceMarketOptions");
  const metadata = from.object("metadataOptions");
  const monitoring = from.object("monitoring");
  return {
    BlockDeviceMappings: from.objects("blockDeviceMappings")?.map(wireBlockDevice),
    CreditSpecification:
      credit === undefined
        ? undefined
        : {
            CpuCredits:
              reading<types.input.ec2.LaunchTemplateCreditSpecification>(credit).string("cpuCredits"),
          },
    DisableApiStop: from.boolean("disableApiStop"),
    DisableApiTermination: from.boolean("disableApiTermination"),
    EbsOptimized: flag(from.string("ebsOptimized")),
    IamInstanceProfile: profile === undefined ? undefined : wireProfile(profile),
    ImageId: from.string("imageId"),
    InstanceInitiatedShutdownBehavior: choice(
      "instanceInitiatedShutdownBehavior",
      ["stop", "terminate"],
      from.string("instanceInitiatedShutdownBehavior"),
    ),
    InstanceMarketOptions: market === undefined ? undefined : wireMarket(market),
    InstanceType: await instanceTypeOf(from.string("instanceType")),
    KeyName: from.string("keyName"),
    MetadataOptions: metadata === undefined ? undefined : wireMetadata(metadata),
    Monitoring:
      monitoring === undefined
        ? undefined
        : { Enabled: reading<types.input.ec2.LaunchTemplateMonitoring>(monitoring).boolean("enabled") },
    NetworkInterfaces: from.objects("networkInterfaces")?.map(wireInterface),
    SecurityGroupIds: from.strings("vpcSecurityGroupIds"),
    TagSpecifications: from.objects("tagSpecifications")?.map(wireTagSpecification),
    UserData: from.string("userData"),
  };
}

function wireProfile(profile: Properties) {
  const from = reading<types.input.ec2.LaunchTemplateIamInstanceProfile>(profile);
  return { Arn: from.string("arn"), Name: from.string("name") };
}

function wireMarket(market: Properties) {
  const type = reading<types.input.ec2.LaunchTemplateInstanceMarketOptions>(market).string("marketType");
  return { MarketType: choice("instanceMarketOptions.marketType", ["spot", "capacity-block"], type) };
}

/** The same, from AWS's response. */
export function templateState(data: ResponseLaunchTemplateData): Properties {
  // AWS does not add the template's own tags to those of the instances; the emulator does.
  const specifications = data.TagSpecifications?.filter(
    ({ ResourceType }) => ResourceType !== "launch-template",
  );
  const profile = data.IamInstanceProfile;
  const credit = data.CreditSpecification;
  const market = data.InstanceMarketOptions;
  return present({
    blockDeviceMappings: filled(data.BlockDeviceMappings?.map(blockDeviceState)),
    creditSpecification: credit === undefined ? undefined : present({ cpuCredits: credit.CpuCredits }),
    disableApiStop: data.DisableApiStop,
    disableApiTermination: data.DisableApiTermination,
    ebsOptimized: flagText(data.EbsOptimized),
    iamInstanceProfile: profile === undefined ? undefined : present({ arn: profile.Arn, name: profile.Name }),
    imageId: data.ImageId,
    instanceInitiatedShutdownBehavior: data.InstanceInitiatedShutdownBehavior,
    instanceMarketOptions: market === undefined ? undefined : present({ marketType: market.MarketType }),
    instanceType: data.InstanceType,
    keyName: data.KeyName,
    metadataOptions: data.MetadataOptions === undefined ? undefined : metadataState(data.MetadataOptions),
    monitoring: data.Monitoring === undefined ? undefined : present({ enabled: data.Monitoring.Enabled }),
    networkInterfaces: filled(data.NetworkInterfaces?.map(interfaceState)),
    tagSpecifications: filled(specifications?.map(tagSpecificationState)),
    userData: data.UserData,
    vpcSecurityGroupIds: filled(data.SecurityGroupIds),
  } satisfies Known<LaunchTemplateState>);
}
