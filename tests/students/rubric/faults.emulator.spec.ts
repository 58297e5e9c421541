import { expect } from "chai";
import { tmpdir } from "node:os";
import path from "node:path";

import { atOnce } from "../../../students/account/atOnce";
import { gradeStudent } from "../../../students/grade/gradeStudent";
import { gradeAccount, pointsOf, type GradedExercise } from "../../../students/grade/grading";
import { passed, seen, type Exercise } from "../../../students/rubric/exercise";
import { rubric } from "../../../students/rubric/rubric";
import { useEmulator } from "../../support/emulator";
import { buildConsoleSite, classTags, type ConsoleSite } from "./consoleSite";
import { startFaultyAws, type Fault } from "./faultyAws";
import { openForTest, type OpenOptions } from "./openForTest";

const passive = rubric.filter(({ act }) => !act);
const never = new AbortController().signal;
const reading = {
  acting: undefined,
  undoFolder: path.join(tmpdir(), "no-such-folder"),
  undone: () => undefined,
  stop: never,
};
const databaseExercises = ["database-closed", "database-encrypted", "tags"];

describe("what the grader could not see", () => {
  const emulator = useEmulator();
  let accountId: string;
  let site: ConsoleSite;

  before(async function () {
    this.timeout(180_000);
    accountId = emulator.newAccountId();
    site = await buildConsoleSite(emulator.clientConfig(accountId));
  });

  const grade = async (options: OpenOptions = {}, exercises = passive) => {
    const account = await openForTest(emulator, accountId, options);
    try {
      return await gradeAccount(account, exercises, undefined, never);
    } finally {
      await account.close();
    }
  };
  const notPassed = (graded: readonly GradedExercise[]) =>
    graded
      .filter(({ result }) => result.state !== "passed")
      .map(({ exercise, result }) => `${exercise.id}: ${result.state}`)
      .toSorted();
  const reasonOf = (graded: readonly GradedExercise[], id: string) =>
    graded.find(({ exercise }) => exercise.id === id)?.result.evidence[0]?.text.en;

  const faults: readonly (readonly [Fault, RegExp])[] = [
    ["hangs", /^DescribeDBInstances gave no answer in 3 seconds$/],
    ["throttles", /^AWS throttles DescribeDBInstances: Throttling$/],
    ["refuses", /^the account may not call DescribeDBInstances: AccessDenied$/],
  ];
  for (const [fault, reason] of faults) {
    it(`has no points and no failure, where AWS ${fault}`, async () => {
      const aws = await startFaultyAws(emulator.endpoint, fault, "Action=DescribeDBInstances");
      try {
        const graded = await grade({ endpoint: aws.endpoint, questionSeconds: 3 });
        expect(notPassed(graded)).to.deep.equal(databaseExercises.map((id) => `${id}: not checked`));
        for (const id of databaseExercises) expect(reasonOf(graded, id)).to.match(reason);
        expect(pointsOf(graded)).to.deep.equal({ points: 53, possible: 60, notChecked: 7 });
        // All checks share the question; the SDK repeats a throttled one twice.
        expect(aws.faults()).to.be.at.most(fault === "refuses" ? 1 : 3);
      } finally {
        await aws.close();
      }
    });
  }

  it("concerns the student whose account does not answer, and delays no other", async () => {
    const aws = await startFaultyAws(emulator.endpoint, "hangs", "Action=");
    try {
      const open = (endpoint: string) => async () => ({
        account: await openForTest(emulator, accountId, { endpoint, questionSeconds: 8 }),
        expiresAt: undefined,
      });
      const ended: string[] = [];
      const students = [
        { id: "hangs", name: "", open: open(aws.endpoint) },
        { id: "answers", name: "", open: open(emulator.endpoint) },
      ];
      const exercises = passive.filter(({ id }) => id === "group-sizes");
      const grades = await atOnce(
        students,
        2,
        async (student) => {
          const graded = await gradeStudent(student, student.open, {
            ...reading,
            exercises,
          });
          ended.push(student.id);
          return graded;
        },
        never,
      );
      expect(ended).to.deep.equal(["answers", "hangs"]);
      expect(grades[0]?.problem?.reason.en).to.include("no answer in 8 seconds");
      expect(notPassed(grades[0]?.graded ?? [])).to.deep.equal(["group-sizes: not checked"]);
      expect(notPassed(grades[1]?.graded ?? [])).to.deep.equal([]);
    } finally {
      await aws.close();
    }
  });

  it("is everything, with credentials that have expired", async () => {
    await emulator.api.markKey(accountId, "expired");
    try {
      const graded = await gradeStudent(
        { id: "kim", name: "" },
        async () => ({ account: await openForTest(emulator, accountId), expiresAt: undefined }),
        { ...reading, exercises: passive },
      );
      expect(graded.problem?.reason.en).to.include("expired");
      expect(pointsOf(graded.graded)).to.deep.equal({ points: 0, possible: 60, notChecked: 60 });
    } finally {
      await emulator.api.markKey(accountId, "valid");
    }
  });

  it("is the rest, after the user's stop", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    const account = await openForTest(emulator, accountId);
    const graded = await gradeAccount(account, passive, undefined, stopped);
    await account.close();
    expect(pointsOf(graded)).to.include({ points: 0, notChecked: 60 });
  });

  it("does not hide the results of other checks, when a check has a defect", async () => {
    const [healthy] = passive;
    const broken: Exercise = {
      ...(healthy ?? expect.fail()),
      id: "broken",
      check: () => Promise.reject(new TypeError("defect")),
    };
    const sound: Exercise = { ...broken, id: "sound", check: () => Promise.resolve(passed(seen("a", "가"))) };
    const graded = await grade({}, [broken, sound]);
    expect(notPassed(graded)).to.deep.equal(["broken: not checked"]);
    expect(reasonOf(graded, "broken")).to.include("TypeError: defect");
  });

  it("is nothing of another student, in an account that several share", async () => {
    const key = "Student";
    const own = await grade({ owner: { key, value: classTags.Student } });
    // The target group, the function, the AMI and the like have no tag of the student.
    expect(own.find(({ exercise }) => exercise.id === "database-encrypted")?.result.state).to.equal("passed");
    const other = await grade({ owner: { key, value: "lee" } });
    expect(pointsOf(other)).to.include({ points: 0 });
  });

  it("are the servers of a paused group", async () => {
    const { autoScaling } = site.clients;
    const sizes = { AutoScalingGroupName: site.groupName };
    await autoScaling.updateAutoScalingGroup({ ...sizes, MinSize: 0, DesiredCapacity: 0 });
    const graded = await grade();
    expect(notPassed(graded)).to.deep.equal(
      [
        "group-sizes",
        "healthy-targets",
        "no-public-address",
        "own-ami",
        "past-the-balancer",
        "security-groups",
        "two-zones",
      ].map((id) => `${id}: not checked`),
    );
  });
});
