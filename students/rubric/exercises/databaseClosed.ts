import type { StudentAccount } from "../../account/account";
import { withParticle } from "../../language/particle";
import { isWorld, sourceText, sourcesTo } from "../../site/access";
import { databaseOf, type Database } from "../../site/databases";
import { openSubnetsOf } from "../../site/routes";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Evidence, type Exercise } from "../exercise";
import { noDatabase } from "../missing";

export const databaseClosed: Exercise = {
  id: "database-closed",
  row: 12,
  title: { en: "The database is closed to the world", ko: "외부에 닫힌 데이터베이스" },
  proves: {
    en: "The database is in private subnets without a public address, and its security group admits no range of the internet.",
    ko: "데이터베이스가 퍼블릭 IP 없이 프라이빗 서브넷에 있고, 보안 그룹이 인터넷 대역을 허용하지 않습니다.",
  },
  points: 4,
  how: {
    en: "The program does it; or RDS, Databases, Modify: Not publicly accessible, and a security group that admits the servers' security group.",
    ko: "이 프로그램이 설정합니다. 또는 RDS > 데이터베이스 > 수정에서 퍼블릭 액세스를 끄고 서버의 보안 그룹만 허용하는 보안 그룹을 지정합니다.",
  },
  act: false,
  check: async (account) => {
    const database = await databaseOf(account, await siteOf(account));
    if (database === undefined) return noDatabase();
    const facts = await openingsOf(account, database);
    const evidence = facts.map(({ evidence: each }) => each);
    if (facts.every(({ isClosed }) => isClosed)) return passed(...evidence);
    return failed(
      {
        en: "Turn off public access, use private subnets, and admit only the servers' security group.",
        ko: "퍼블릭 액세스를 끄고 프라이빗 서브넷을 사용하며 서버의 보안 그룹만 허용합니다.",
      },
      ...evidence,
    );
  },
};

async function openingsOf(
  account: StudentAccount,
  { id, isPublic, groups, port, subnetIds, vpcId }: Database,
): Promise<readonly { readonly isClosed: boolean; readonly evidence: Evidence }[]> {
  const world = (await sourcesTo(account, groups, port)).filter(isWorld).map(sourceText);
  const open = await openSubnetsOf(account, vpcId, subnetIds);
  return [
    {
      isClosed: !isPublic,
      evidence: isPublic
        ? seen(`${id} is publicly accessible`, `${id}: 퍼블릭 액세스 가능`)
        : seen(`${id} is not publicly accessible`, `${id}: 퍼블릭 액세스 불가`),
    },
    {
      isClosed: world.length === 0,
      evidence:
        world.length === 0
          ? seen(
              `its security groups admit no range of the internet to port ${port}`,
              `보안 그룹이 포트 ${port}에 인터넷 대역을 허용하지 않음`,
            )
          : seen(
              `its security groups admit ${world.join(", ")} to port ${port}`,
              `보안 그룹이 포트 ${port}에 ${withParticle(world.join(", "), "을/를")} 허용함`,
            ),
    },
    {
      isClosed: open.length === 0,
      evidence:
        open.length === 0
          ? seen("its subnets have no route to an internet gateway", "서브넷에 인터넷 게이트웨이 경로가 없음")
          : seen(
              `${open.join(", ")} of its subnets route to an internet gateway`,
              `인터넷 게이트웨이 경로가 있는 서브넷: ${open.join(", ")}`,
            ),
    },
  ];
}
