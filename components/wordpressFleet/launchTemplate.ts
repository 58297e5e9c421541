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
  /** As {@link renderUserData} gives it. */
  readonly userData: pulumi.Input<string>;
}

/** How a server is made. Every change is a new version, which the group notices and brings to its servers. */
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
      // Whoever starts a server by hand gets the current one too.
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
      // Version 2 alone, and no further than the server itself: a page that can be made to fetch addresses
      // must not get at the server's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      // Metrics each minute: target tracking reacts to nothing slower in time.
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
 * A template that keeps its first image would not take that of another source or processor: each has a template of
 * its own.
 */
function templateSuffix({ image, instanceType }: FleetSettings): string {
  const { source } = image;
  return keepsFirstImage(image) && processorOf(instanceType) === "arm64" ? `${source}-arm64` : source;
}
