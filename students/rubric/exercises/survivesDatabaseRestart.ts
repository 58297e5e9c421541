import { counted } from "../../../cli/counted";
import type { StudentAccount } from "../../account/account";
import { limits } from "../../acts/limits";
import { startOf } from "../../acts/serving";
import { targetOf, type ActTarget } from "../../acts/target";
import { undoing, type Act } from "../../acts/undo/undoing";
import { startVisitors, visit } from "../../acts/visitor";
import { serviceOf } from "../../acts/visits";
import { until } from "../../acts/wait";
import { databaseOf, type Database } from "../../site/databases";
import { siteOf } from "../../site/site";
import { failed, needsAct, notChecked, passed, seen, type CheckResult, type Exercise } from "../exercise";
import { noDatabase } from "../missing";

export const survivesDatabaseRestart: Exercise = {
  id: "survives-database-restart",
  row: 12,
  title: { en: "The site survives a restart of its database", ko: "데이터베이스 재시작 후 사이트 복구" },
  proves: {
    en: "After a restart of the database the site serves again by itself.",
    ko: "데이터베이스를 재시작하면 사이트가 스스로 다시 응답합니다.",
  },
  points: 6,
  how: {
    en: "Run up; or connect WordPress to the database by its endpoint's name. Try it: RDS, Databases, Actions, Reboot.",
    ko: "up을 실행합니다. 또는 WordPress를 데이터베이스의 엔드포인트 이름으로 연결합니다. RDS > 데이터베이스 > 작업 > 재부팅으로 시험합니다.",
  },
  act: true,
  check: async (account, acting) => {
    const target = await targetOf(account);
    if ("result" in target) return target.result;
    const site = await siteOf(account);
    const database = await databaseOf(account, site);
    // A database elsewhere may belong to another system.
    if (database?.vpcId !== target.targetGroup.vpcId) return noDatabase();
    if (database.state !== "available") return notAvailable(database);
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, survivesDatabaseRestart.id, (act) =>
      restart(act, target, database),
    );
  },
};

/** Nothing is left to undo: AWS ends the restart that it began. */
async function restart(act: Act, target: ActTarget, database: Database): Promise<CheckResult> {
  const start = await startOf(act, target);
  if ("result" in start) return start.result;
  const { account, stop } = act;
  const { id } = database;
  act.step({ en: `restarts ${id}`, ko: `${id} 재시작` });
  const rds = await account.rds();
  const since = new Date();
  await rds.rebootDBInstance({ DBInstanceIdentifier: id });
  const visitors = startVisitors(target.door, stop);
  const restarted = await until(act, limits.databaseRestart, () =>
    restartedSince(account, id, since),
  ).finally(visitors.end);
  if (restarted === undefined) return notRestarted(id);
  const done = seen(
    `${id} restarted and was available after ${counted(Math.round(restarted.seconds), "second")}`,
    `${id} 재시작, ${restarted.seconds.toFixed(0)}초 뒤 사용 가능`,
  );
  act.step({ en: "visits the site", ko: "사이트 접속" });
  const back = await until(act, limits.served, async () => {
    for (let visits = 0; visits < 3; visits += 1) {
      if (!(await visit(target.door, stop)).isServed) return undefined;
    }
    return true;
  });
  const service = serviceOf(await visitors.end());
  const visited = seen(
    `${service.visits - service.failed} of ${service.visits} visits were served during the restart`,
    `재시작하는 동안 방문 ${service.visits}회 중 ${service.visits - service.failed}회 응답`,
  );
  if (back !== undefined) {
    const served = seen("three visits in a row were served afterwards", "그 뒤 세 번 연속 접속에 응답");
    return passed(done, visited, served);
  }
  return failed(
    {
      en: "Connect WordPress to the database by its endpoint's name (DB_HOST in wp-config.php), and let servers stay while it restarts.",
      ko: "WordPress를 데이터베이스 엔드포인트의 이름(wp-config.php의 DB_HOST)으로 연결하고, 재시작하는 동안 서버를 유지합니다.",
    },
    done,
    visited,
    seen(
      `the site did not serve within ${counted(limits.served, "second")} afterwards`,
      `그 뒤 ${limits.served}초 안에 사이트가 응답하지 않음`,
    ),
  );
}

/** RDS's event proves the restart: the state may change and return between two looks. */
async function restartedSince(account: StudentAccount, id: string, since: Date): Promise<true | undefined> {
  const rds = await account.rds();
  const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: id });
  if (DBInstances[0]?.DBInstanceStatus !== "available") return undefined;
  const { Events = [] } = await rds.describeEvents({
    SourceType: "db-instance",
    SourceIdentifier: id,
    Duration: minutes,
  });
  const isRestart = Events.some(
    ({ Date: at, Message = "" }) =>
      at !== undefined &&
      at.getTime() >= since.getTime() - clockSkewMilliseconds &&
      /restarted/i.test(Message),
  );
  return isRestart ? true : undefined;
}

const minutes = Math.ceil(limits.databaseRestart / 60) + 5;
/** This machine's clock may be ahead of AWS's. */
const clockSkewMilliseconds = 5_000;

function notAvailable({ id, state }: Database): CheckResult {
  return notChecked(
    {
      en: "Grade again when the database is available: start it, or wait until it has changed.",
      ko: "데이터베이스가 사용 가능할 때 다시 채점합니다. 데이터베이스를 시작하거나 변경이 끝날 때까지 기다립니다.",
    },
    seen(`${id} is ${state}`, `${id}의 상태: ${state}`),
  );
}

function notRestarted(id: string): CheckResult {
  return notChecked(
    {
      en: "Look at the database's events in RDS, and grade again.",
      ko: "RDS에서 데이터베이스의 이벤트를 확인하고 다시 채점합니다.",
    },
    seen(
      `${id} did not report the end of its restart within ${counted(limits.databaseRestart, "second")}`,
      `${id}의 재시작이 ${limits.databaseRestart}초 안에 끝나지 않음`,
    ),
  );
}
