import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { ServerImage } from "../shared/images";
import { processorOf } from "../shared/processors";
import { keepsFirstImage } from "./image";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

export interface LaunchTemplateParts {
  readonly image: ServerImage;
  readonly securityGroupId: pulumi.Input<string>;
  readonly instanceProfileName: pulumi.Input<string>;
  /** `undefined` for servers without SSH access. */
  readonly keyPairName: pulumi.Input<string> | undefined;
  /** The result of {@link renderUserData}. */
  readonly userData: pulumi.Input<string>;
}

/** The launch template of the servers. Every change creates a new version, which FleetRollout deploys. */
export function createLaunchTemplate(
  { name, tags, parent }: FleetScope,
  settings: FleetSettings,
  parts: LaunchTemplateParts,
): aws.ec2.LaunchTemplate {
  const serverTags = named(`${name}-server`, tags);
  return new aws.ec2.LaunchTemplate(
    `${name}-${templateSuffix(settings)}`,
    {
      description: "A WordPress server",
      // A server that a user launches by hand also gets the current version.
      updateDefaultVersion: true,
      imageId: parts.image.imageId,
      instanceType: settings.instanceType,
      ...(parts.keyPairName === undefined ? {} : { keyName: parts.keyPairName }),
      iamInstanceProfile: { name: parts.instanceProfileName },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          securityGroups: [parts.securityGroupId],
          deleteOnTermination: "true",
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: parts.image.rootDeviceName,
          ebs: {
            encrypted: "true",
            volumeSize: settings.rootVolumeGiB,
            volumeType: "gp3",
            deleteOnTermination: "true",
          },
        },
      ],
      // IMDSv2 only, with a hop limit of 1: a page with an SSRF flaw must not read the server's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      // Metrics every minute: target tracking reacts too late with five-minute metrics.
      monitoring: { enabled: true },
      userData: parts.userData,
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: serverTags,
      })),
      tags: serverTags,
    },
    { parent, ignoreChanges: keepsFirstImage(settings.image) ? ["imageId"] : [] },
  );
}

/**
 * A launch template that ignores changes of its image cannot take the image of another source or architecture, so each
 * has its own launch template.
 */
function templateSuffix({ image, instanceType }: FleetSettings): string {
  const { source } = image;
  return keepsFirstImage(image) && processorOf(instanceType) === "arm64" ? `${source}-arm64` : source;
}
