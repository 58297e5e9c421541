import { expect } from "chai";

import { guardrails } from "../../../policies/guardrails/pack";
import { learnerLab } from "../../../policies/learner-lab/pack";
import { production } from "../../../policies/production/pack";
import type { Pack } from "../../../policies/support/pack";
import { addresses } from "./addresses";
import { alarms } from "./alarms";
import { balancerTls } from "./balancerTls";
import { balancers } from "./balancers";
import { buckets } from "./buckets";
import type { PolicyCase } from "./case";
import { runCases, type Refusals } from "./caseRun";
import { controls } from "./controls";
import { databaseContinuity } from "./databaseContinuity";
import { databaseSubnets } from "./databaseSubnets";
import { databases } from "./databases";
import { fileSystems } from "./fileSystems";
import { fleets } from "./fleets";
import { functions } from "./functions";
import { grants } from "./grants";
import { httpIngress } from "./httpIngress";
import { ingress } from "./ingress";
import { lab } from "./lab";
import { labDatabases } from "./labDatabases";
import { labFunctions } from "./labFunctions";
import { network } from "./network";
import { openPolicies } from "./openPolicies";
import { schedules } from "./schedules";
import { secrets } from "./secrets";
import { servers } from "./servers";
import { trusts } from "./trusts";
import { waysOut } from "./waysOut";

const all = [
  controls,
  addresses,
  servers,
  fleets,
  ingress,
  httpIngress,
  network,
  waysOut,
  fileSystems,
  balancers,
  balancerTls,
  alarms,
  databaseSubnets,
  databases,
  databaseContinuity,
  labDatabases,
  grants,
  openPolicies,
  buckets,
  trusts,
  secrets,
  functions,
  schedules,
  lab,
  labFunctions,
].flatMap((cases) => Object.entries(cases));

/** Every small program would have to set these for each of its resources. */
const unjudged = new Set(["required-tags", "pulumi-protect"]);

const has = (pack: Pack, rule: string | undefined) => pack.rules.some(({ name }) => name === rule);

/** The pack that has the rule of a program. */
const packOf = ({ rule }: PolicyCase) =>
  has(learnerLab, rule) ? learnerLab : has(production, rule) ? production : guardrails;

const batchOf = (...packs: readonly Pack[]) => ({
  packs,
  cases: Object.fromEntries(all.filter(([, each]) => packs.at(-1) === packOf(each))),
});

/** The programs by the packs that judge them. */
const batches = { lab: batchOf(learnerLab), prod: batchOf(guardrails, production), dev: batchOf(guardrails) };

/** Each program with the real engine, against a provider that accepts everything. */
describe("small programs", function () {
  this.timeout(300_000);

  const refusals = new Map<string, Refusals>();
  before(async () => {
    for (const [name, { cases, packs }] of Object.entries(batches)) {
      refusals.set(name, await runCases(name, cases, packs));
    }
  });

  it("have unique names", () => {
    expect(all.map(([name]) => name)).to.have.members([...new Set(all.map(([name]) => name))]);
  });

  for (const [batch, { cases, packs }] of Object.entries(batches)) {
    const names = new Set(packs.flatMap(({ rules }) => rules.map((rule) => rule.name)));
    const refusedBy = (name: string) => (refusals.get(batch)?.get(name) ?? []).map(({ rule }) => rule);
    for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
      if (kind === "bad") {
        it(`${name} is refused by ${rule}`, () => {
          expect([...names], "rules").to.include(rule);
          expect(refusedBy(name)).to.include(rule);
        });
      } else {
        it(`${name} passes`, () => {
          const found = (refusals.get(batch)?.get(name) ?? []).filter((each) => !unjudged.has(each.rule));
          expect(found).to.deep.equal([]);
        });
      }
    }
  }
});
