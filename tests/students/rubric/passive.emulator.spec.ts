import { expect } from "chai";

import { atOnce } from "../../../students/account/atOnce";
import { gradeAccount, pointsOf, type GradedExercise } from "../../../students/grade/grading";
import { rubric } from "../../../students/rubric/rubric";
import { useEmulator } from "../../support/emulator";
import { buildConsoleSite } from "./consoleSite";
import { openForTest, type OpenOptions } from "./openForTest";
import { spoilers } from "./spoilers";

const passive = rubric.filter(({ act }) => !act);
const never = new AbortController().signal;

describe("the checks that only read", () => {
  const emulator = useEmulator();

  const grade = async (accountId: string, options: OpenOptions = {}): Promise<readonly GradedExercise[]> => {
    const account = await openForTest(emulator, accountId, options);
    try {
      return await gradeAccount(account, passive, undefined, never);
    } finally {
      await account.close();
    }
  };
  const problemsOf = (graded: readonly GradedExercise[]) =>
    graded
      .filter(({ result }) => result.state !== "passed")
      .map(({ exercise, result }) => `${exercise.id}: ${result.state}, ${textOf(result.evidence)}`);
  const textOf = (evidence: GradedExercise["result"]["evidence"]) =>
    evidence.map(({ text }) => text.en).join("; ");

  it("give an empty account no point", async () => {
    const graded = await grade(emulator.newAccountId());
    expect(graded.map(({ exercise, result }) => `${exercise.id}: ${result.state}`)).to.deep.equal(
      passive.map(({ id }) => `${id}: failed`),
    );
    expect(pointsOf(graded)).to.include({ points: 0, notChecked: 0 });
  });

  it("give a finished site, built by hand, all points, and the same grade again", async () => {
    const accountId = emulator.newAccountId();
    await buildConsoleSite(emulator.clientConfig(accountId));
    const [first, again] = [await grade(accountId), await grade(accountId)];
    expect(problemsOf(first)).to.deep.equal([]);
    expect(pointsOf(first)).to.deep.equal({ points: 60, possible: 60, notChecked: 0 });
    const seen = (graded: readonly GradedExercise[]) =>
      graded.map(({ exercise, result }) => [exercise.id, result.state, textOf(result.evidence)]);
    expect(seen(again)).to.deep.equal(seen(first));
  });

  it("have a spoiled site for every exercise", () => {
    expect(spoilers.map(({ exercise }) => exercise)).to.include.members(passive.map(({ id }) => id));
  });

  describe("with one thing spoiled", () => {
    let spoiled: readonly (readonly GradedExercise[] | undefined)[] = [];

    // The emulator takes its moments for images: the sites wait at the same time.
    before(async function () {
      this.timeout(180_000);
      const gradeSpoiled = async ({ spoil, resolve }: (typeof spoilers)[number]) => {
        const accountId = emulator.newAccountId();
        const site = await buildConsoleSite(emulator.clientConfig(accountId));
        await spoil?.(site);
        return grade(accountId, { resolve });
      };
      spoiled = await atOnce(spoilers, 8, gradeSpoiled, never);
    });

    spoilers.forEach(({ exercise, what }, index) => {
      it(`take the points of ${exercise} only, for ${what}`, () => {
        const graded = spoiled[index] ?? [];
        expect(
          graded.filter(({ result }) => result.state !== "passed").map((each) => each.exercise.id),
          problemsOf(graded).join("\n"),
        ).to.deep.equal([exercise]);
        const lost = graded.find((each) => each.exercise.id === exercise);
        expect(lost?.result.state).to.equal("failed");
        expect(lost?.result.next.en).to.not.equal("");
        expect(lost?.result.next.ko).to.match(/\p{Script=Hangul}/u);
      });
    });
  });
});
