import { isPaused, type Site } from "../site/site";
import { failed, notChecked, seen, type CheckResult } from "./exercise";

/** The result of a check of servers when there is none: a paused group shows nothing, a missing one is not done yet. */
export function noServers(site: Site): CheckResult {
  if (isPaused(site)) return paused(site.group?.name ?? "");
  return failed(
    {
      en: "Start a server of the site: npm run students -- up, or EC2, Instances, Launch instances.",
      ko: "사이트의 서버를 시작합니다. npm run students -- up 또는 EC2 > 인스턴스 > 인스턴스 시작을 사용합니다.",
    },
    seen("no server is starting or running", "시작 중이거나 실행 중인 서버가 없음"),
  );
}

/** The result of a check that needs the servers of a paused group. */
export function paused(group: string): CheckResult {
  return notChecked(
    {
      en: "Resume the group: npm run students -- resume, or set its minimum and desired capacity to 1.",
      ko: "그룹을 다시 시작합니다. npm run students -- resume 또는 최소 용량과 원하는 용량을 1로 설정합니다.",
    },
    seen(
      `the group ${group} is paused: minimum and desired capacity are 0`,
      `그룹 ${group} 일시 중지 상태: 최소 용량과 원하는 용량이 0`,
    ),
  );
}

export function noGroup(): CheckResult {
  return failed(
    {
      en: "Create the Auto Scaling group: npm run students -- up, or EC2, Auto Scaling Groups.",
      ko: "Auto Scaling 그룹을 생성합니다. npm run students -- up 또는 EC2 > Auto Scaling 그룹을 사용합니다.",
    },
    seen("the account has no Auto Scaling group", "계정에 Auto Scaling 그룹이 없음"),
  );
}

export function noBalancer(): CheckResult {
  return failed(
    {
      en: "Create an internet-facing Application Load Balancer: npm run students -- up, or EC2, Load Balancers.",
      ko: "인터넷 경계 Application Load Balancer를 생성합니다. npm run students -- up 또는 EC2 > 로드 밸런서를 사용합니다.",
    },
    seen(
      "no internet-facing Application Load Balancer routes to the site",
      "사이트로 라우팅하는 인터넷 경계 Application Load Balancer가 없음",
    ),
  );
}

export function noDatabase(): CheckResult {
  return failed(
    {
      en: "Create the database in private subnets: npm run students -- up, or RDS, Databases.",
      ko: "프라이빗 서브넷에 데이터베이스를 생성합니다. npm run students -- up 또는 RDS > 데이터베이스를 사용합니다.",
    },
    seen("the account has no database", "계정에 데이터베이스가 없음"),
  );
}

export function noFunction(): CheckResult {
  return failed(
    {
      en: "Create the function that launches servers: npm run students -- up, or Lambda, Functions.",
      ko: "서버를 시작하는 함수를 생성합니다. npm run students -- up 또는 Lambda > 함수를 사용합니다.",
    },
    seen("the account has no function", "계정에 함수가 없음"),
  );
}
