import type { AccessPointDescription } from "@aws-sdk/client-efs";
import type { AccessPointArgs, AccessPointState } from "@pulumi/aws/efs";
import type { input } from "@pulumi/aws/types";
import { randomUUID } from "node:crypto";

import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { updateTags } from "./tags";

type User = input.efs.AccessPointPosixUser;
type Root = input.efs.AccessPointRootDirectory;
type Creation = input.efs.AccessPointRootDirectoryCreationInfo;

/** An access point: a folder of a file system for one user. Its id is EFS's (`fsap-…`). */
export const accessPoint: ResourceType<AccessPointArgs> = {
  token: "aws:efs/accessPoint:AccessPoint",
  properties: {
    fileSystemId: { required: true, replace: true },
    posixUser: {
      replace: true,
      nested: { gid: { required: true }, secondaryGids: { set: true }, uid: { required: true } },
    },
    rootDirectory: {
      replace: true,
      computed: true,
      nested: {
        creationInfo: {
          computed: true,
          nested: {
            ownerGid: { required: true },
            ownerUid: { required: true },
            permissions: { required: true },
          },
        },
        path: { computed: true },
      },
    },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<AccessPointArgs>(inputs);
    const { AccessPointId } = await (
      await aws.efs()
    ).createAccessPoint({
      ClientToken: randomUUID(),
      FileSystemId: from.requiredString("fileSystemId"),
      PosixUser: userOf(from.object("posixUser")),
      RootDirectory: rootOf(from.object("rootDirectory")),
      Tags: newTagList(inputs),
    });
    return { id: sent(AccessPointId, "AccessPointId") };
  },
  async read(aws, id) {
    const answer = await unlessGone(
      (await aws.efs()).describeAccessPoints({ AccessPointId: id }),
      "AccessPointNotFound",
    );
    const found = answer?.AccessPoints?.[0];
    if (found === undefined) return undefined;
    const fileSystemId = sent(found.FileSystemId, "FileSystemId");
    return present({
      arn: found.AccessPointArn,
      fileSystemArn: `arn:aws:elasticfilesystem:${aws.region}:${aws.accountId}:file-system/${fileSystemId}`,
      fileSystemId,
      ownerId: found.OwnerId,
      posixUser: user(found),
      rootDirectory: root(found),
      ...tagProperties(found.Tags),
    } satisfies Known<AccessPointState>);
  },
  async update(aws, change) {
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    await unlessGone((await aws.efs()).deleteAccessPoint({ AccessPointId: id }), "AccessPointNotFound");
  },
};

function userOf(block: Properties | undefined) {
  if (block === undefined) return undefined;
  const from = reading<User>(block);
  return {
    Gid: from.requiredNumber("gid"),
    SecondaryGids: from.numbers("secondaryGids"),
    Uid: from.requiredNumber("uid"),
  };
}

function rootOf(block: Properties | undefined) {
  if (block === undefined) return undefined;
  const from = reading<Root>(block);
  const creation = from.object("creationInfo");
  const info = reading<Creation>(creation ?? {});
  return {
    CreationInfo:
      creation === undefined
        ? undefined
        : {
            OwnerGid: info.requiredNumber("ownerGid"),
            OwnerUid: info.requiredNumber("ownerUid"),
            Permissions: info.requiredString("permissions"),
          },
    Path: from.string("path"),
  };
}

function user({ PosixUser: found }: AccessPointDescription): Properties | undefined {
  if (found === undefined) return undefined;
  return present({
    gid: found.Gid,
    secondaryGids: found.SecondaryGids,
    uid: found.Uid,
  } satisfies Known<User>);
}

function root({ RootDirectory: found }: AccessPointDescription): Properties | undefined {
  if (found === undefined) return undefined;
  const info = found.CreationInfo;
  return present({
    creationInfo:
      info === undefined
        ? undefined
        : present({
            ownerGid: info.OwnerGid,
            ownerUid: info.OwnerUid,
            permissions: info.Permissions,
          } satisfies Known<Creation>),
    path: found.Path,
  } satisfies Known<Root>);
}
