import type { ResponseLaunchTemplateData } from "@aws-sdk/client-ec2";

import type { Text } from "../../language/text";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup } from "../missing";

export const launchTemplate: Exercise = {
  id: "launch-template",
  row: 8,
  title: { en: "The launch template", ko: "시작 템플릿" },
  proves: {
    en: "Image, type, security groups and tags of new servers are written down once, for any subnet.",
    ko: "새 서버의 이미지, 유형, 보안 그룹, 태그를 한 곳에 정의하며 어떤 서브넷에서도 사용할 수 있습니다.",
  },
  points: 4,
  how: {
    en: "Run up; or EC2, Launch Templates: image, type, security groups, no subnet, resource tags for instances.",
    ko: "up을 실행합니다. 또는 EC2 > 시작 템플릿에서 이미지, 유형, 보안 그룹, 인스턴스의 리소스 태그를 지정하고 서브넷은 포함하지 않습니다.",
  },
  act: false,
  check: async (account) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    if (group.template === undefined) {
      return failed(
        {
          en: "Let the group start its servers from a launch template.",
          ko: "그룹이 시작 템플릿으로 서버를 시작하도록 설정합니다.",
        },
        seen(`${group.name} has no launch template`, `${group.name}: 시작 템플릿 없음`),
      );
    }
    const { id, version } = group.template;
    const ec2 = await account.ec2();
    const { LaunchTemplateVersions = [] } = await ec2.describeLaunchTemplateVersions({
      LaunchTemplateId: id,
      Versions: [version],
    });
    const faults = faultsOf(LaunchTemplateVersions[0]?.LaunchTemplateData ?? {});
    if (faults.length === 0) {
      return passed(
        seen(
          `${id} version ${version} has an image, a type, security groups and tags, and no subnet`,
          `${id} 버전 ${version}: 이미지, 유형, 보안 그룹, 태그가 있고 서브넷이 없음`,
        ),
      );
    }
    return failed(
      {
        en: "Create a new version of the launch template without these faults, and let the group use it.",
        ko: "문제를 수정한 시작 템플릿의 새 버전을 생성하고 그룹에 지정합니다.",
      },
      ...faults.map(({ en, ko }) => seen(`${id} version ${version}: ${en}`, `${id} 버전 ${version}: ${ko}`)),
    );
  },
};

/** What the course asks of the template and it does not have. */
export function faultsOf(data: ResponseLaunchTemplateData): readonly Text[] {
  const { ImageId, InstanceType, NetworkInterfaces = [], TagSpecifications = [] } = data;
  const groups = [
    ...(data.SecurityGroupIds ?? []),
    ...(data.SecurityGroups ?? []),
    ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups),
  ];
  const isTagged = TagSpecifications.some(
    ({ ResourceType, Tags = [] }) => ResourceType === "instance" && Tags.length > 0,
  );
  return [
    ...(ImageId === undefined ? [{ en: "no image", ko: "이미지 없음" }] : []),
    ...(InstanceType === undefined ? [{ en: "no instance type", ko: "인스턴스 유형 없음" }] : []),
    ...(groups.length === 0 ? [{ en: "no security group", ko: "보안 그룹 없음" }] : []),
    ...(NetworkInterfaces.some(({ SubnetId }) => SubnetId !== undefined)
      ? [{ en: "a subnet, which only the group may choose", ko: "서브넷 포함(서브넷은 그룹이 선택해야 함)" }]
      : []),
    ...(isTagged ? [] : [{ en: "no tags for instances", ko: "인스턴스 태그 없음" }]),
  ];
}
