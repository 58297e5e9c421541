import { randomUUID } from "node:crypto";

import { launchEvent } from "../../acts/launchEvent";
import { launchedFor } from "../../acts/launched";
import { limits } from "../../acts/limits";
import { undoing, type Act } from "../../acts/undo/undoing";
import { until } from "../../acts/wait";
import { launcherOf, type Launcher } from "../../site/launcher";
import { serversOf, type Server } from "../../site/servers";
import { failed, needsAct, passed, seen, type CheckResult, type Evidence, type Exercise } from "../exercise";
import { noFunction } from "../missing";

export const launchesOnce: Exercise = {
  id: "launches-once",
  row: 13,
  title: { en: "The function launches once per planned time", ko: "예정 시각마다 한 번만 서버 시작" },
  proves: {
    en: "When the event of a planned time arrives twice, the function launches one set of servers.",
    ko: "같은 예정 시각의 이벤트가 두 번 도착해도 함수가 서버를 한 번만 시작합니다.",
  },
  points: 6,
  how: {
    en: "Run up; or in Lambda: derive RunInstances' ClientToken from the event's time, tag the servers with that time, return their ids.",
    ko: "up을 실행합니다. 또는 Lambda 함수에서 이벤트의 시각으로 RunInstances의 ClientToken을 만들고, 그 시각을 서버의 태그에 쓰고, 서버 ID를 반환합니다.",
  },
  act: true,
  check: async (account, acting) => {
    const launcher = await launcherOf(account);
    if (launcher === undefined) return noFunction();
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, launchesOnce.id, (act) => invokeTwice(act, launcher));
  },
};

async function invokeTwice(act: Act, launcher: Launcher): Promise<CheckResult> {
  const { account } = act;
  const { name } = launcher.function;
  // EventBridge Scheduler writes times to the second. The launcher refuses times in the future.
  const plannedTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const event = await launchEvent(account, launcher, plannedTime, randomUUID());
  const before = await serversOf(account);
  const step = { kind: "launch", functionName: name, plannedTime } as const;
  await act.willChange({ ...step, servers: [] });
  const known = new Set<string>();
  const invokeOnce = async (times: string): Promise<Invocation> => {
    act.step({
      en: `invokes ${name} for ${plannedTime}, ${times}`,
      ko: `${plannedTime} 예정으로 ${name} 호출, ${times}`,
    });
    const answer = await invoke(act, name, event);
    const ids = idsIn(answer.text);
    const launched = await newServers(act, before, plannedTime, ids, known);
    for (const { id } of launched) known.add(id);
    if (launched.length > 0) await act.willChange({ ...step, servers: [...known] });
    return { ...answer, launched };
  };
  const first = await invokeOnce("1/2");
  if (first.error) return refused(name, first);
  if (first.launched.length === 0) return launchedNone(name, first);
  const one = launchEvidence(1, plannedTime, first.launched);
  const second = await invokeOnce("2/2");
  if (second.error) return refused(name, second);
  const two = launchEvidence(2, plannedTime, second.launched);
  if (second.launched.length === 0) return passed(one, two);
  return failed(
    {
      en: "Give RunInstances a ClientToken that is computed from the event's planned time: AWS may deliver an event twice.",
      ko: "이벤트의 예정 시각으로 계산한 ClientToken을 RunInstances에 지정합니다. AWS는 이벤트를 두 번 전달할 수 있습니다.",
    },
    one,
    two,
  );
}

interface Answer {
  readonly error: boolean;
  readonly text: string;
}

interface Invocation extends Answer {
  readonly launched: readonly Server[];
}

async function invoke({ account }: Act, name: string, event: string): Promise<Answer> {
  const lambda = await account.lambda();
  const { FunctionError, Payload, LogResult } = await lambda.invoke({
    FunctionName: name,
    LogType: "Tail",
    Payload: new TextEncoder().encode(event),
  });
  const answer = Payload === undefined ? "" : new TextDecoder().decode(Payload);
  const log = LogResult === undefined ? "" : Buffer.from(LogResult, "base64").toString("utf8");
  const error = FunctionError !== undefined;
  // An error's answer names it; a result may be in the log only, as with print(response).
  return { error, text: error ? answer : `${answer}\n${log}` };
}

function idsIn(text: string): readonly string[] {
  return [...new Set(text.match(/\bi-[0-9a-f]{8,17}\b/g) ?? [])];
}

/**
 * Servers that run since the beginning and that are certainly this launch's: the function named them, or their tags have
 * the planned time. EC2 lists a new server after a moment.
 */
async function newServers(
  act: Act,
  before: readonly Server[],
  plannedTime: string,
  named: readonly string[],
  known: ReadonlySet<string>,
): Promise<readonly Server[]> {
  const old = new Set([...before.map(({ id }) => id), ...known]);
  const look = async (): Promise<readonly Server[]> => {
    const added = (await serversOf(act.account)).filter(({ id }) => !old.has(id));
    const tagged = launchedFor(added, plannedTime);
    return added.filter((server) => named.includes(server.id) || tagged.includes(server));
  };
  const expected = named.filter((id) => !old.has(id));
  const found = await until(act, limits.launched, async () => {
    const launched = await look();
    const ids = launched.map(({ id }) => id);
    return expected.every((id) => ids.includes(id)) ? launched : undefined;
  });
  return found?.found ?? (await look());
}

function launchEvidence(number: number, plannedTime: string, launched: readonly Server[]): Evidence {
  const ids = launched.map(({ id }) => id).join(", ");
  return launched.length === 0
    ? seen(
        `event ${number} for ${plannedTime} launched no server`,
        `${plannedTime} 예정의 ${number}번째 이벤트: 시작한 서버 없음`,
      )
    : seen(
        `event ${number} for ${plannedTime} launched ${ids}`,
        `${plannedTime} 예정의 ${number}번째 이벤트: ${ids} 시작`,
      );
}

function refused(name: string, { text }: Answer): CheckResult {
  return failed(
    {
      en: "Fix the error of the function: Lambda, Monitor, View CloudWatch logs.",
      ko: "함수의 오류를 수정합니다. Lambda > 모니터링 > CloudWatch 로그 보기에서 확인합니다.",
    },
    seen(`${name} failed: ${short(text)}`, `${name} 실패: ${short(text)}`),
  );
}

function launchedNone(name: string, { text }: Answer): CheckResult {
  return failed(
    {
      en: "Let the function start servers, return their ids, and tag them with the event's time; terminate its earlier servers if its limit is reached.",
      ko: "함수가 서버를 시작하여 ID를 반환하고 이벤트의 시각을 태그로 쓰게 합니다. 한도에 도달했다면 이전에 시작한 서버를 종료합니다.",
    },
    seen(
      `no server is known to be of this call of ${name}, which answered: ${short(text)}`,
      `${name} 호출로 시작한 서버를 확인하지 못함. 응답: ${short(text)}`,
    ),
  );
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
