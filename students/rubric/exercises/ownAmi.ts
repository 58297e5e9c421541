import type { Image } from "@aws-sdk/client-ec2";

import type { StudentAccount } from "../../account/account";
import { inOrder } from "../../account/paging";
import { dryRun } from "../../preflight/permission";
import type { Server } from "../../site/servers";
import { siteOf, type Site } from "../../site/site";
import { failed, notChecked, passed, seen, type CheckResult, type Exercise } from "../exercise";
import { noServers } from "../missing";

export const ownAmi: Exercise = {
  id: "own-ami",
  row: 1,
  title: { en: "An AMI of your own", ko: "내 소유의 AMI" },
  proves: {
    en: "Every server starts from an image that the student made, so all servers are identical.",
    ko: "모든 서버를 직접 만든 이미지에서 시작하므로 서버의 구성이 동일합니다.",
  },
  points: 5,
  how: {
    en: "Set fleet.image to { source: bake } and run up; or EC2, Instances, Actions, Image and templates, Create image.",
    ko: "fleet.image를 { source: bake }로 설정하고 up을 실행합니다. 또는 EC2 > 인스턴스 > 작업 > 이미지 및 템플릿 > 이미지 생성을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const servers = startedFromImage(site);
    if (servers.length === 0) return noServers(site);
    const images = await imagesOf(account, servers);
    const own = servers.filter(({ imageId }) => isOwnImage(images.get(imageId), account));
    const evidence = servers.map(({ id, imageId }) => {
      const owner = images.get(imageId)?.OwnerId ?? "unknown";
      return seen(`${id} runs ${imageId} of the owner ${owner}`, `${id}: ${imageId}, 소유자 ${owner}`);
    });
    // Without a group, the first server is the one that the AMI was made from.
    const isDone = site.group === undefined ? own.length > 0 : own.length === servers.length;
    if (isDone) return passed(...evidence);
    return (
      (await whereRefused(account, servers)) ??
      failed(
        {
          en: "Make an AMI from a working server, use it in the launch template, and replace the servers.",
          ko: "동작하는 서버로 AMI를 만들어 시작 템플릿에 지정하고 서버를 교체합니다.",
        },
        ...evidence,
      )
    );
  },
};

/** The servers of the group, if there is one. */
function startedFromImage({ group, servers }: Site): readonly Server[] {
  return group === undefined ? servers : servers.filter(({ id }) => group.instanceIds.includes(id));
}

async function imagesOf(
  account: StudentAccount,
  servers: readonly Server[],
): Promise<ReadonlyMap<string, Image>> {
  const ids = [...new Set(servers.map(({ imageId }) => imageId))].toSorted();
  const ec2 = await account.ec2();
  const { Images = [] } = await ec2.describeImages({
    // A filter lists only images that exist; ids of deregistered ones are an error.
    Filters: [{ Name: "image-id", Values: ids }],
  });
  return new Map(inOrder(Images, ({ ImageId }) => ImageId).map((image) => [image.ImageId ?? "", image]));
}

function isOwnImage(image: Image | undefined, { accountId }: StudentAccount): boolean {
  return image?.OwnerId === accountId && image.State === "available";
}

/** Some labs refuse to create AMIs: no student can pass there. */
async function whereRefused(
  account: StudentAccount,
  servers: readonly Server[],
): Promise<CheckResult | undefined> {
  const ec2 = await account.ec2();
  const InstanceId = servers[0]?.id;
  const permission = await dryRun(ec2.createImage({ DryRun: true, InstanceId, Name: "dry-run" }));
  if (permission !== "denied") return undefined;
  return notChecked(
    {
      en: "Grade this exercise in an account that allows ec2:CreateImage.",
      ko: "ec2:CreateImage를 허용하는 계정에서 이 과제를 채점합니다.",
    },
    seen("this account may not create AMIs", "이 계정은 AMI를 생성할 수 없음"),
  );
}
