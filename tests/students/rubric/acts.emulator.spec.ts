import { expect } from "chai";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "../../../cli/json";
import { atOnce } from "../../../students/account/atOnce";
import { NotSeenError } from "../../../students/account/notSeen";
import { storedRecords, storeRecord } from "../../../students/acts/undo/record";
import { undoing, undoInterrupted } from "../../../students/acts/undo/undoing";
import { gradeAccount, pointsOf, type GradedExercise } from "../../../students/grade/grading";
import type { Acting } from "../../../students/rubric/exercise";
import { pausedGroup } from "../../../students/rubric/exercises/pausedGroup";
import { rubric } from "../../../students/rubric/rubric";
import { useEmulator } from "../../support/emulator";
import { actSpoilers } from "./actSpoilers";
import { visitedSite, writeLauncher, type SiteOptions } from "./actingSite";
import { buildConsoleSite, type ConsoleSite } from "./consoleSite";
import { openForTest, type OpenOptions } from "./openForTest";

const acts = rubric.filter(({ act }) => act);
/** A wait for minutes of AWS's takes seconds. */
const patience = 0.03;
const never = new AbortController().signal;

describe("the checks that act", () => {
  const emulator = useEmulator({ clock: true });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "acts-"));
  });
  after(() => rm(folder, { recursive: true }));

  const acting = (name: string, more: Partial<Acting> = {}): Acting => ({
    stop: never,
    folder: path.join(folder, name),
    step: () => undefined,
    patience,
    ...more,
  });
  const build = async (): Promise<{ readonly accountId: string; readonly site: ConsoleSite }> => {
    const accountId = emulator.newAccountId();
    const site = await buildConsoleSite(emulator.clientConfig(accountId));
    await writeLauncher(site, "event.id");
    // Without load, target tracking would end one of two servers.
    const { groupName: AutoScalingGroupName } = site;
    await site.clients.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize: 2 });
    return { accountId, site };
  };
  const open = (accountId: string, site: ConsoleSite, options: SiteOptions & OpenOptions = {}) =>
    openForTest(emulator, accountId, {
      visit: visitedSite(emulator.clientConfig(accountId), site, options),
      ...options,
    });
  const grade = async (
    accountId: string,
    site: ConsoleSite,
    exercises = acts,
    options: SiteOptions = {},
  ): Promise<readonly GradedExercise[]> => {
    const account = await open(accountId, site, options);
    try {
      return await gradeAccount(account, exercises, acting(accountId), never);
    } finally {
      await account.close();
    }
  };
  const problemsOf = (graded: readonly GradedExercise[]) =>
    graded
      .filter(({ result }) => result.state !== "passed")
      .map(({ exercise, result }) => {
        const seen = result.evidence.map(({ text }) => text.en).join("; ");
        return `${exercise.id}: ${result.state}, ${seen}`;
      });
  /** The group's sizes, and the number of all servers that run. */
  const stateOf = async ({ clients: { autoScaling, ec2 }, groupName }: ConsoleSite) => {
    const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
      AutoScalingGroupNames: [groupName],
    });
    const { MinSize, DesiredCapacity, MaxSize, Instances = [] } = AutoScalingGroups[0] ?? {};
    const { Reservations = [] } = await ec2.describeInstances({
      Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }],
    });
    const running = Reservations.flatMap((each) => each.Instances ?? []).length;
    return { MinSize, DesiredCapacity, MaxSize, members: Instances.length, running };
  };
  const untouched = { MinSize: 2, DesiredCapacity: 2, MaxSize: 3, members: 2, running: 2 };

  it("give an empty account no point, and change nothing without --act", async () => {
    const empty = await openForTest(emulator, emulator.newAccountId());
    const graded = await gradeAccount(empty, acts, acting("empty"), never);
    expect(graded.map(({ result }) => result.state)).to.deep.equal(acts.map(() => "failed"));
    await empty.close();
    const { accountId, site } = await build();
    const account = await open(accountId, site);
    const passive = await gradeAccount(account, acts, undefined, never);
    expect(passive.map(({ result }) => result.state)).to.deep.equal(acts.map(() => "not checked"));
    expect(await stateOf(site)).to.deep.equal(untouched);
    await account.close();
  });

  it("give a finished site all points, and leave it as it was", async () => {
    const { accountId, site } = await build();
    const graded = await grade(accountId, site);
    expect(problemsOf(graded)).to.deep.equal([]);
    expect(pointsOf(graded)).to.deep.equal({ points: 40, possible: 40, notChecked: 0 });
    expect(await stateOf(site)).to.deep.equal(untouched);
    expect(await readdir(path.join(folder, accountId))).to.deep.equal([]);
  });

  it("have a spoiled site for every exercise", () => {
    expect(actSpoilers.map(({ exercise }) => exercise)).to.have.members(acts.map(({ id }) => id));
  });

  describe("with one thing spoiled", () => {
    let spoiled: readonly (readonly GradedExercise[] | undefined)[] = [];

    // They wait most of the time, so all sites at once.
    before(async function () {
      this.timeout(180_000);
      const gradeSpoiled = async ({ exercise, spoil, serves }: (typeof actSpoilers)[number]) => {
        const { accountId, site } = await build();
        await spoil?.(site);
        // A load takes half a minute: once, in the finished site.
        const exercises = acts.filter(({ id }) => id === exercise || id !== "scales-with-load");
        const graded = await grade(accountId, site, exercises, serves === undefined ? {} : { serves });
        expect(await stateOf(site)).to.deep.equal(untouched);
        return graded;
      };
      spoiled = await atOnce(actSpoilers, actSpoilers.length, gradeSpoiled, never);
    });

    actSpoilers.forEach(({ exercise, what }, index) => {
      it(`take the points of ${exercise} only, for ${what}`, () => {
        const graded = spoiled[index] ?? [];
        const lost = graded.filter(({ result }) => result.state !== "passed");
        expect(
          lost.map((each) => [each.exercise.id, each.result.state]),
          problemsOf(graded).join("\n"),
        ).to.deep.equal([[exercise, "failed"]]);
        expect(lost[0]?.result.next.en).to.not.equal("");
        expect(lost[0]?.result.next.ko).to.match(/\p{Script=Hangul}/u);
      });
    });
  });

  it("undo a pause that the user stops, and report it as not checked", async () => {
    const { accountId, site } = await build();
    const account = await open(accountId, site);
    const stop = new AbortController();
    const step: Acting["step"] = ({ en }) => {
      if (en.startsWith("pauses")) stop.abort();
    };
    const stopped: unknown = await pausedGroup
      .check(account, acting(accountId, { stop: stop.signal, step }))
      .catch((error: unknown) => error);
    await account.close();
    expect(stopped).to.be.instanceOf(NotSeenError);
    expect(await stateOf(site)).to.deep.equal(untouched);
    expect(await storedRecords(path.join(folder, accountId))).to.deep.equal([]);
  });

  it("are undone by the next grading when their process was killed", async () => {
    const { accountId, site } = await build();
    const account = await open(accountId, site);
    const { autoScaling, lambda } = site.clients;
    const about = (second: number) => ({
      exercise: "killed",
      accountId,
      region: "us-east-1",
      since: `2026-11-30T00:00:0${second}Z`,
    });
    const place = path.join(folder, accountId);
    const members = await autoScaling.describeAutoScalingGroups({ AutoScalingGroupNames: [site.groupName] });
    const servers = (members.AutoScalingGroups?.[0]?.Instances ?? []).flatMap(
      ({ InstanceId }) => InstanceId ?? [],
    );
    const sizes = { min: 2, desired: 2, max: 3 };
    const step = {
      kind: "group",
      group: site.groupName,
      before: sizes,
      limits: { min: 0, max: 3 },
      servers,
    } as const;
    await storeRecord(place, { ...about(1), step });
    await autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: site.groupName,
      MinSize: 0,
      DesiredCapacity: 0,
    });
    const { Payload } = await lambda.invoke({
      FunctionName: site.functionName,
      Payload: JSON.stringify({ id: "crash" }),
    });
    const launched = z.array(z.string()).parse(JSON.parse(new TextDecoder().decode(Payload)));
    const launch = {
      kind: "launch",
      functionName: site.functionName,
      plannedTime: "2026-11-30T00:00:00Z",
    } as const;
    await storeRecord(place, { ...about(2), step: { ...launch, servers: [...launched] } });
    expect((await stateOf(site)).running).to.equal(1);
    const undone = await undoInterrupted(account, place);
    expect(undone.map(({ en }) => en)).to.deep.equal([
      `terminated ${launched.join(", ")}`,
      "my-group has its sizes again: 2/2/3 (minimum/desired/maximum)",
    ]);
    expect(await stateOf(site)).to.deep.equal(untouched);
    expect(await undoInterrupted(account, place)).to.deep.equal([]);
    await account.close();
  });

  it("keep the record of another account, whose credentials are not these", async () => {
    const { accountId, site } = await build();
    const account = await open(accountId, site);
    const place = path.join(folder, accountId);
    const record = {
      exercise: "launches-once",
      accountId: "1".repeat(12),
      region: "us-east-1",
      since: new Date().toISOString(),
      step: { kind: "launch" as const, functionName: "f", plannedTime: "2026-11-30T00:00:00Z", servers: [] },
    };
    await storeRecord(place, record);
    expect(await undoInterrupted(account, place)).to.deep.equal([]);
    expect(await storedRecords(place)).to.have.length(1);
    await account.close();
  });

  it("do not act twice at the same time on one account", async () => {
    const { accountId, site } = await build();
    const account = await open(accountId, site);
    const error: unknown = await undoing(account, acting(accountId), "first", () =>
      undoing(account, acting(accountId), "second", () => Promise.resolve("acted")),
    ).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NotSeenError).with.property("message").that.includes("first");
    await account.close();
  });

  it("touch nothing of another student in a shared account", async () => {
    const { accountId, site } = await build();
    const account = await open(accountId, site, { owner: { key: "Student", value: "lee" } });
    const graded = await gradeAccount(account, acts, acting(accountId), never);
    expect(graded.map(({ result }) => result.state)).to.deep.equal(acts.map(() => "failed"));
    expect(await stateOf(site)).to.deep.equal(untouched);
    await account.close();
  });
});
