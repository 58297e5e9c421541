import { ask, isAtTerminal } from "../../cli/commandProcess";
import { Failure } from "../../cli/failure";
import type { Language } from "../language/text";

/**
 * Asks before checks change the systems. Without a terminal, also for the emulator, only `--yes` allows it.
 *
 * @param sites the students' ids, or the stack
 */
export async function confirmAct(
  { yes, command }: { readonly yes: boolean; readonly command: string },
  sites: readonly string[],
  language: Language,
): Promise<boolean> {
  if (yes) return true;
  const names = sites.join(", ");
  const question = {
    en: `For a while, each of these sites gets load, loses a server, restarts its database and is paused: ${names}.`,
    ko: `다음 사이트에 잠시 부하를 주고, 서버를 종료하고, 데이터베이스를 재시작하고, 일시 중지합니다: ${names}.`,
  }[language];
  if (isAtTerminal()) return ask(question);
  throw new Failure(question, `There is no terminal to answer at. To answer yes: ${command}`);
}
