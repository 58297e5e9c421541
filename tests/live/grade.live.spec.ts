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
import type { Exercise } from "../../students/rubric/exercise";
import { launchesOnce } from "../../students/rubric/exercises/launchesOnce";
import { newServerServes } from "../../students/rubric/exercises/newServerServes";
import { pausedGroup } from "../../students/rubric/exercises/pausedGroup";
import { survivesDatabaseRestart } from "../../students/rubric/exercises/survivesDatabaseRestart";
import { identities } from "../localAws/live/support/identity";
import { repository } from "../support/repositoryFiles";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";
import { instances } from "./support/servers";

const sizesSchema = z.object({ MinSize: z.number(), DesiredCapacity: z.number(), MaxSize: z.number() });

/** Load and replacement take minutes: other live stacks show them, and the emulator's tests their checks. */
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

  /** Grades these exercises, with their acts. */
  const expectPassed = async (graded: readonly Exercise[]): Promise<void> => {
    const stop = new AbortController().signal;
    const { account } = await openOwnAccount({
      repository,
      localFolder: stack.run.folders.local,
      local: true,
      stack: stack.name,
      now: new Date(),
      stop,
    });
    const acting = { folder: undoFolder(), step: () => undefined };
    const results = await gradeAccount(account, graded, acting, stop);
    await account.close();
    const seen = results.map(({ exercise, result }) => {
      const texts = result.evidence.map(({ text }) => text.en).join("; ");
      return `${exercise.id} ${result.state}: ${texts}`;
    });
    expect(
      results.map(({ result }) => result.state),
      seen.join("\n"),
    ).to.deep.equal(graded.map(() => "passed"));
    for (const line of seen) console.log(`      ${line}`);
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
    const before = await sizes();
    await expectPassed(exercises);
    expect(await sizes()).to.include({ MinSize: before.MinSize, MaxSize: before.MaxSize });
    expect(await undoRecords()).to.deep.equal([]);
  });

  it("row 11: passes a paused group, which has no machine; the site serves again when it is resumed", async () => {
    await stack.run.change("local", "    capacity: {", "    paused: true\n    capacity: {");
    expect((await stack.up()).status).to.equal(0);
    const group = `Name=tag:aws:autoscaling:groupName,Values=${stack.output("autoScalingGroupName")}`;
    expect(await instances(stack, group, "Name=instance-state-name,Values=pending,running")).to.deep.equal(
      [],
    );
    await expectPassed([pausedGroup]);
    await stack.run.change("local", "    paused: true\n", "");
    expect((await stack.up()).status).to.equal(0);
    await stack.untilHealthy(1, 120);
    expect((await stack.visit()).status).to.equal(200);
  });

  it("nothing is left after down", async () => {
    await stack.down();
  });
});
