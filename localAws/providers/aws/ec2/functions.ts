import type { Image } from "@aws-sdk/client-ec2";
import type { GetAmiResult, GetPrefixListResult } from "@pulumi/aws/ec2";

import type { FunctionType, Properties } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { filtersOf } from "./networkFunctions";

/** One machine image, found by owner and filters. */
export const getAmi: FunctionType = {
  token: "aws:ec2/getAmi:getAmi",
  args: ["filters", "includeDeprecated", "mostRecent", "nameRegex", "owners"],
  async invoke(aws, args) {
    const from = reading<GetAmiResult>(args);
    const { Images } = await (
      await aws.ec2()
    ).describeImages({
      Filters: filtersOf(args),
      IncludeDeprecated: from.boolean("includeDeprecated"),
      Owners: from.strings("owners"),
    });
    const pattern = from.string("nameRegex");
    const found = (Images ?? []).filter(
      ({ Name }) => pattern === undefined || new RegExp(pattern).test(Name ?? ""),
    );
    const [image, another] = found.sort(newestFirst);
    if (image === undefined) throw new Error("Your query returned no results: no image matches");
    if (another !== undefined && from.boolean("mostRecent") !== true) {
      throw new Error(
        `Your query returned more than one result (${found.length}): use more specific filters, or mostRecent`,
      );
    }
    return { ...args, ...imageState(image), arn: ec2Arn(aws, "image", image.ImageId ?? "", "") };
  },
};

/** The managed prefix list of an AWS service in this region. */
export const getPrefixList: FunctionType = {
  token: "aws:ec2/getPrefixList:getPrefixList",
  args: ["filters", "name", "prefixListId"],
  async invoke(aws, args) {
    const from = reading<GetPrefixListResult>(args);
    const name = from.string("name");
    const id = from.string("prefixListId");
    const byName = name === undefined ? [] : [{ Name: "prefix-list-name", Values: [name] }];
    const { PrefixLists } = await (
      await aws.ec2()
    ).describePrefixLists({
      Filters: [...(filtersOf(args) ?? []), ...byName],
      PrefixListIds: id === undefined ? undefined : [id],
    });
    const [found, another] = (PrefixLists ?? []).filter(
      ({ PrefixListName, PrefixListId }) =>
        (name === undefined || PrefixListName === name) && (id === undefined || PrefixListId === id),
    );
    if (found === undefined || another !== undefined) {
      throw new Error(found === undefined ? "no prefix list matches" : "more than one prefix list matches");
    }
    return present({
      cidrBlocks: found.Cidrs ?? [],
      id: found.PrefixListId,
      name: found.PrefixListName,
      prefixListId: found.PrefixListId,
      region: aws.region,
    } satisfies Known<GetPrefixListResult>);
  },
};

function newestFirst(one: Image, other: Image): number {
  return (other.CreationDate ?? "").localeCompare(one.CreationDate ?? "");
}

function imageState(image: Image): Properties {
  return present({
    architecture: image.Architecture,
    creationDate: image.CreationDate,
    description: image.Description ?? "",
    hypervisor: image.Hypervisor,
    id: image.ImageId,
    imageId: image.ImageId,
    imageLocation: image.ImageLocation,
    imageOwnerAlias: image.ImageOwnerAlias ?? "",
    imageType: image.ImageType,
    name: image.Name,
    ownerId: image.OwnerId,
    platformDetails: image.PlatformDetails ?? "",
    public: image.Public ?? false,
    rootDeviceName: image.RootDeviceName,
    rootDeviceType: image.RootDeviceType,
    rootSnapshotId: image.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? "",
    state: image.State,
    tags: tagProperties(image.Tags).tagsAll,
    virtualizationType: image.VirtualizationType,
  } satisfies Known<GetAmiResult>);
}
