import { scheduleProblems } from "../../../components/schedules/scheduleExpression";
import { withParticle } from "../../language/particle";
import { launcherOf } from "../../site/launcher";
import { failed, notChecked, passed, seen, type Exercise } from "../exercise";
import { noFunction } from "../missing";
import { localTime, runsInYear } from "../runs";

export const schedule: Exercise = {
  id: "schedule",
  row: 14,
  title: { en: "The cron fires at the right local time", ko: "올바른 현지 시각의 cron 일정" },
  proves: {
    en: "The function runs at the local times that the course asks for, all year round.",
    ko: "함수가 일 년 내내 수업에서 정한 현지 시각에 실행됩니다.",
  },
  points: 4,
  how: {
    en: "Set launcher.schedule and launcher.timeZone; or EventBridge, Schedules with the time zone, or a rule with the time in UTC.",
    ko: "launcher.schedule과 launcher.timeZone을 설정합니다. 또는 EventBridge의 일정에 시간대를 지정하거나 규칙에 UTC 시각을 입력합니다.",
  },
  act: false,
  check: async (account) => {
    const launcher = await launcherOf(account);
    if (launcher === undefined) return noFunction();
    const { schedule: wanted } = account.assignment;
    const from = account.now.getTime();
    const due = runsInYear(wanted, from);
    if (due.length === 0) {
      return notChecked(
        {
          en: "Set a schedule with future runs for the class.",
          ko: "수업 설정에 앞으로 실행될 일정을 지정합니다.",
        },
        seen(`${wanted.expression} has no run after now`, `${wanted.expression}: 앞으로의 실행이 없음`),
      );
    }
    const firings = launcher.firings
      .filter(({ expression }) => scheduleProblems(expression).length === 0)
      .map((firing) => ({ ...firing, runs: runsInYear(firing, from) }));
    const right = firings.find(({ isEnabled, runs }) => isEnabled && isSame(runs, due));
    const evidence = (right === undefined ? firings : [right]).map((firing) => {
      const [next] = firing.runs;
      const at = next === undefined ? "-" : localTime(next, wanted.timeZone);
      return seen(
        `${firing.name}: ${firing.expression} in ${firing.timeZone}${firing.isEnabled ? "" : " (disabled)"}, next at ${at}`,
        `${firing.name}: ${firing.expression}(${firing.timeZone})${firing.isEnabled ? "" : " 비활성"}, 다음 실행 ${at}`,
      );
    });
    if (right !== undefined) return passed(...evidence);
    const next = localTime(due[0] ?? from, wanted.timeZone);
    return failed(
      {
        en: `Create an enabled schedule for ${wanted.expression} in ${wanted.timeZone} (next at ${next}); a rule needs it in UTC.`,
        ko: `${wanted.timeZone} 기준 ${wanted.expression}(다음 실행 ${next}) 일정을 활성화합니다. 규칙에는 UTC로 변환한 시각을 입력합니다.`,
      },
      ...(evidence.length > 0
        ? evidence
        : [
            seen(
              `no schedule or rule invokes ${launcher.function.name}`,
              `${withParticle(launcher.function.name, "을/를")} 호출하는 일정이나 규칙이 없음`,
            ),
          ]),
    );
  },
};

function isSame(runs: readonly number[], due: readonly number[]): boolean {
  return runs.length === due.length && runs.every((run, index) => run === due[index]);
}
