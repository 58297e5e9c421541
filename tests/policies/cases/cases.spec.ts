import { expect } from "chai";

import type { StackResource } from "../../../policies/support/stack";
import { allCases, batches } from "./batches";
import { recordedFindings, recordFindings, recording, type Findings } from "./findings";
import { resourcesOf } from "./mockedRun";
import { saidAbout } from "./verdicts";

type Resources = ReadonlyMap<string, readonly StackResource[]>;

/** Mutation testing runs the tests many times in one process; creating takes longer than judging. */
const created = new Map<string, Promise<Resources>>();

const advice = "Look at the findings, then record them: RECORD_FINDINGS=1 npx mocha FILE";

describe("small programs", () => {
  it("have unique names", () => {
    const names = allCases.map(([name]) => name);
    expect(names).to.have.members([...new Set(names)]);
  });
});

/**
 * Each program under Pulumi's mocks: the same verdicts as with the real engine, in seconds. `findings/` has what the rules
 * say about each program; read its changes as you read code.
 */
for (const [batch, { cases, packs }] of Object.entries(batches)) {
  for (const preview of [false, true]) {
    const file = preview ? `${batch}.preview` : batch;

    describe(`small programs of ${batch} in the ${preview ? "first preview" : "update"}, under mocks`, () => {
      let resources: Resources;
      let recorded: Findings = {};
      const found: Record<string, readonly string[]> = {};

      before(async () => {
        if (!recording) recorded = recordedFindings(file);
        const creation = created.get(file) ?? resourcesOf(cases, { preview });
        created.set(file, creation);
        resources = await creation;
      });

      after(async () => {
        if (recording) await recordFindings(file, found);
      });

      for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
        it(`${name} ${titleOf(kind, rule, preview)}`, async () => {
          const { findings, waiting } = await saidAbout(resources.get(name) ?? [], packs);
          if (kind === "good") expect(findings).to.deep.equal([]);
          const saying = preview ? [...findings, ...waiting] : findings;
          // A preview may leave it to the update.
          if (kind === "bad" && !preview)
            expect(saying.map((each) => /^[a-z0-9-]+/.exec(each)?.[0])).to.include(rule);
          if (saying.length > 0) found[name] = saying;
          if (!recording) expect(saying, advice).to.deep.equal(recorded[name] ?? []);
        });
      }

      it("have no recorded findings of other programs", () => {
        if (!recording) expect(Object.keys(recorded)).to.have.members(Object.keys(found));
      });
    });
  }
}

function titleOf(kind: "good" | "bad", rule: string, preview: boolean): string {
  if (kind === "good") return "passes";
  return preview ? `is refused, or waits for the update: ${rule}` : `is refused by ${rule}`;
}
