import { counted } from "../../../cli/counted";
import { launcherOf, type LambdaFunction } from "../../site/launcher";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noFunction } from "../missing";

/** The limits of the course: MB, seconds, bytes. The package's limit is for its unzipped size. */
const most = { memoryMegabytes: 3_008, timeoutSeconds: 900, codeBytes: 250 * 1_024 * 1_024 };

export const functionLimits: Exercise = {
  id: "function-limits",
  row: 15,
  title: { en: "The function's limits", ko: "함수의 제한" },
  proves: {
    en: "Memory, time limit and package of the function are within the limits of the course.",
    ko: "함수의 메모리, 제한 시간, 패키지가 수업의 제한을 지킵니다.",
  },
  points: 2,
  how: {
    en: "Set launcher.memoryMiB and launcher.timeoutSeconds; or Lambda, Configuration, General configuration, Edit.",
    ko: "launcher.memoryMiB와 launcher.timeoutSeconds를 설정합니다. 또는 Lambda > 구성 > 일반 구성 > 편집을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const launcher = await launcherOf(account);
    if (launcher === undefined) return noFunction();
    const { function: own } = launcher;
    const evidence = seen(
      `${own.name}: memory ${own.memoryMegabytes} MB of ${most.memoryMegabytes}, time limit ${own.timeoutSeconds} s of ${most.timeoutSeconds}, package ${own.codeBytes} bytes`,
      `${own.name}: 메모리 ${own.memoryMegabytes}MB(최대 ${most.memoryMegabytes}), 제한 시간 ${own.timeoutSeconds}초(최대 ${most.timeoutSeconds}), 패키지 ${own.codeBytes}바이트`,
    );
    if (isWithin(own)) return passed(evidence);
    return failed(
      {
        en: `Set the memory to at most ${most.memoryMegabytes} MB and the time limit to at most ${counted(most.timeoutSeconds, "second")}.`,
        ko: `메모리를 ${most.memoryMegabytes}MB 이하로, 제한 시간을 ${most.timeoutSeconds}초 이하로 설정합니다.`,
      },
      evidence,
    );
  },
};

function isWithin({ memoryMegabytes, timeoutSeconds, codeBytes }: LambdaFunction): boolean {
  return (
    memoryMegabytes <= most.memoryMegabytes &&
    timeoutSeconds <= most.timeoutSeconds &&
    codeBytes <= most.codeBytes
  );
}
