import type { StudentAccount } from "../../account/account";
import { databaseOf } from "../../site/databases";
import { elbTags } from "../../site/ownership";
import { siteOf } from "../../site/site";
import { failed, notChecked, passed, seen, type Exercise } from "../exercise";
import { noServers } from "../missing";

export const tags: Exercise = {
  id: "tags",
  row: 9,
  title: { en: "The class's tags", ko: "수업에서 정한 태그" },
  proves: {
    en: "Cost and owner of each resource can be found by its tags.",
    ko: "태그로 각 리소스의 비용과 소유자를 찾을 수 있습니다.",
  },
  points: 1,
  how: {
    en: "Run up; or add the tags to the group, the launch template, the balancer and the database.",
    ko: "up을 실행합니다. 또는 그룹, 시작 템플릿, 로드 밸런서, 데이터베이스에 태그를 추가합니다.",
  },
  act: false,
  check: async (account) => {
    const wanted = Object.entries(account.assignment.tags);
    if (wanted.length === 0) {
      return notChecked(
        {
          en: "Grade with a roster, or set tags: only these require any.",
          ko: "명단으로 채점하거나 tags를 설정합니다. 그 외에는 필요한 태그가 없습니다.",
        },
        seen("no tags are required", "필요한 태그가 없음"),
      );
    }
    const tagged = await taggedOf(account);
    if (tagged.length === 0) return noServers(await siteOf(account));
    const results = tagged.map(({ what, tags: own }) => ({
      what,
      missing: wanted.filter(([key, value]) => own[key] !== value).map(([key, value]) => `${key}=${value}`),
    }));
    const wrong = results.filter(({ missing }) => missing.length > 0);
    if (wrong.length === 0) {
      return passed(
        seen(
          `${results.map(({ what }) => what).join(", ")}: ${wanted.map(([key, value]) => `${key}=${value}`).join(", ")}`,
          `${results.map(({ what }) => what).join(", ")}: ${wanted.map(([key, value]) => `${key}=${value}`).join(", ")}`,
        ),
      );
    }
    return failed(
      {
        en: "Add the missing tags; those of servers in the launch template.",
        ko: "누락된 태그를 추가합니다. 서버의 태그는 시작 템플릿에 추가합니다.",
      },
      ...wrong.map(({ what, missing }) =>
        seen(`${what} has no ${missing.join(", ")}`, `${what}: ${missing.join(", ")} 없음`),
      ),
    );
  },
};

interface Tagged {
  readonly what: string;
  readonly tags: Readonly<Record<string, string>>;
}

async function taggedOf(account: StudentAccount): Promise<readonly Tagged[]> {
  const site = await siteOf(account);
  const { balancer, group, servers } = site;
  const database = await databaseOf(account, site);
  const balancerTags =
    balancer === undefined ? {} : ((await elbTags(account, [balancer.arn])).get(balancer.arn) ?? {});
  return [
    ...(group === undefined ? [] : [{ what: group.name, tags: group.tags }]),
    ...servers.map(({ id, tags: own }) => ({ what: id, tags: own })),
    ...(balancer === undefined ? [] : [{ what: balancer.name, tags: balancerTags }]),
    ...(database === undefined ? [] : [{ what: database.id, tags: database.tags }]),
  ];
}
