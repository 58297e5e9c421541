import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";

import { z } from "../../cli/json";
import { openOwnAccount } from "../../students/account/own";
import { gradeAccount } from "../../students/grade/grading";
import { gradeFolder } from "../../students/grade/perform";
import { launchesOnce } from "../../students/rubric/exercises/launchesOnce";
import { newServerServes } from "../../students/rubric/exercises/newServerServes";
import { survivesDatabaseRestart } from "../../students/rubric/exercises/survivesDatabaseRestart";
import { identities } from "../localAws/live/support/identity";
import { repository } from "../support/repositoryFiles";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";

const sizesSchema = z.object({ MinSize: z.number(), DesiredCapacity: z.number(), MaxSize: z.number() });

/** Load, replacement and pause take minutes: the course's stack shows them, and the emulator's tests their checks. */
const exercises = [newServerServes, survivesDatabaseRestart, launchesOnce];

/** The acts of the grader on servers that boot. */
describe("the grade of a live stack", function () {
  this.timeout(900_000);
  let stack: LiveStack;

  before(async () => {
    const [identity] = identities();
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({ identity });
  });
  after(() => stack.close());

  const start = (...words: readonly string[]) => {
    const hooks = ["requirements.cjs", "register.cjs"].flatMap((each) => [
      "--require",
      path.join(repository, "nodeHooks", each),
    ]);
    const place = ["--local", "--stack", stack.name, "--folder", stack.run.folders.local];
    const child = spawn(process.execPath, [...hooks, "students/grade/main.ts", ...place, ...words], {
      cwd: repository,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = once(child, "close").then(() => ({ status: child.exitCode, output }));
    return { child, ended };
  };
  const sizes = async () =>
    await stack.aws(
      sizesSchema,
      ...["autoscaling", "describe-auto-scaling-groups", "--query", "AutoScalingGroups[0]"],
    );
  const undoFolder = (): string =>
    path.join(gradeFolder(stack.run.folders.local, { local: true, stack: stack.name }), "undo");
  const undoRecords = async (): Promise<readonly string[]> => {
    const files = existsSync(undoFolder()) ? await readdir(undoFolder()) : [];
    return files.filter((file) => file.endsWith(".undo.json"));
  };

  it("Ctrl-C in an act restores the group, and the exit status is a signal's", async () => {
    const { MinSize, MaxSize } = await sizes();
    const { child, ended } = start("--act", "--yes");
    await within(300, "a change", async () => ((await undoRecords()).length > 0 ? true : undefined));
    child.kill("SIGINT");
    expect((await ended).status).to.equal(130);
    expect(await undoRecords()).to.deep.equal([]);
    expect(await sizes()).to.include({ MinSize, MaxSize });
  });

  it("passes what shows most on servers that boot: a new server, a restart, a launch", async () => {
    const stop = new AbortController().signal;
    const { account } = await openOwnAccount({
      repository,
      localFolder: stack.run.folders.local,
      local: true,
      stack: stack.name,
      now: new Date(),
      stop,
    });
    const before = await sizes();
    const acting = { folder: undoFolder(), step: () => undefined };
    const graded = await gradeAccount(account, exercises, acting, stop);
    await account.close();
    const seen = graded.map(({ exercise, result }) => {
      const texts = result.evidence.map(({ text }) => text.en).join("; ");
      return `${exercise.id} ${result.state}: ${texts}`;
    });
    expect(
      graded.map(({ result }) => result.state),
      seen.join("\n"),
    ).to.deep.equal(exercises.map(() => "passed"));
    for (const line of seen) console.log(`      ${line}`);
    expect(await sizes()).to.include({ MinSize: before.MinSize, MaxSize: before.MaxSize });
    expect(await undoRecords()).to.deep.equal([]);
  });

  it("nothing is left after down", async () => {
    await stack.down();
  });
});
