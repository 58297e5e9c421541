import { counted } from "../../../cli/counted";
import { limits } from "../../acts/limits";
import { resize, startOf, untilServing } from "../../acts/serving";
import { targetOf, type ActTarget } from "../../acts/target";
import { undoing, type Act } from "../../acts/undo/undoing";
import { visit } from "../../acts/visitor";
import type { Visit } from "../../acts/visits";
import { withParticle } from "../../language/particle";
import { serversOf } from "../../site/servers";
import { failed, needsAct, passed, seen, type CheckResult, type Exercise } from "../exercise";

export const newServerServes: Exercise = {
  id: "new-server-serves",
  row: 2,
  title: { en: "A new server from the AMI serves", ko: "AMI로 시작한 새 서버의 응답" },
  proves: {
    en: "A server that starts from the image now serves the site without work by hand.",
    ko: "이미지에서 지금 시작한 서버가 수작업 없이 사이트를 제공합니다.",
  },
  points: 6,
  how: {
    en: "Run up; or use your AMI in the launch template, and give the group one server more: Auto Scaling Groups, Edit.",
    ko: "up을 실행합니다. 또는 시작 템플릿에 내 AMI를 지정하고 Auto Scaling 그룹 > 편집에서 서버를 한 대 늘립니다.",
  },
  act: true,
  check: async (account, acting) => {
    const target = await targetOf(account);
    if ("result" in target) return target.result;
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, newServerServes.id, (act) => startOneMore(act, target));
  },
};

/** The group starts it as it starts every server: with its template, in one of its subnets, for its target group. */
async function startOneMore(act: Act, target: ActTarget): Promise<CheckResult> {
  const start = await startOf(act, target);
  if ("result" in start) return start.result;
  const { members } = start;
  const count = members.desired + 1;
  const { name } = target.group;
  act.step({ en: `starts a server in ${name}`, ko: `${name}에서 서버 시작` });
  const asked = seen(`asked ${name} for ${count} servers`, `${name}에 서버 ${count}대 요청`);
  await resize(act, target, members, { min: count, desired: count, max: Math.max(count, members.max) });
  const isStarted = ({ servers }: { servers: readonly string[] }) =>
    servers.some((id) => !members.servers.includes(id));
  const serving = await untilServing(act, target, isStarted);
  const started = serving?.found.servers.find((id) => !members.servers.includes(id));
  if (serving === undefined || started === undefined) {
    const seconds = limits.serving(target.group);
    return failed(
      {
        en: "Start a server from the AMI by hand, read its log, and make an AMI whose web server starts at boot.",
        ko: "AMI로 서버를 직접 시작하여 로그를 확인하고, 부팅할 때 웹 서버가 시작되는 AMI를 만듭니다.",
      },
      asked,
      seen(
        `no new server became a healthy target within ${counted(seconds, "second")}`,
        `${seconds}초 안에 정상 대상이 된 새 서버가 없음`,
      ),
    );
  }
  const image = (await serversOf(act.account)).find(({ id }) => id === started)?.imageId ?? "";
  const took = serving.seconds.toFixed(0);
  const healthy = seen(
    `${started} from ${image} became a healthy target after ${counted(Number(took), "second")}`,
    `${withParticle(image, "으로/로")} 시작한 ${withParticle(started, "이/가")} ${took}초 뒤 정상 대상이 됨`,
  );
  const visits = await visitEach(act, target, count);
  if (visits.every(({ isServed }) => isServed)) {
    const served = seen(
      `the site served ${visits.length} visits in a row with ${count} servers`,
      `서버 ${count}대로 방문 ${visits.length}회에 연속 응답`,
    );
    return passed(asked, healthy, served, ...start.remarks);
  }
  return failed(
    {
      en: "Find why the site fails with the new server: open the balancer's domain several times.",
      ko: "새 서버가 추가된 뒤 사이트가 실패하는 이유를 찾습니다. 로드 밸런서의 도메인을 여러 번 엽니다.",
    },
    healthy,
    seen(
      `with it, ${visits.filter(({ isServed }) => !isServed).length} of ${visits.length} visits failed`,
      `이 서버가 추가된 뒤 방문 ${visits.length}회 중 ${visits.filter(({ isServed }) => !isServed).length}회 실패`,
    ),
  );
}

/** The balancer sends visits to its targets in turn: enough of them reach every server. */
async function visitEach(act: Act, { door }: ActTarget, servers: number): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  while (visits.length < servers * 2) visits.push(await visit(door, act.stop));
  return visits;
}
