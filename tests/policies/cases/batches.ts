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
import { controls } from "./controls";
import { databaseContinuity } from "./databaseContinuity";
import { databaseSubnets } from "./databaseSubnets";
import { databases } from "./databases";
import { federations } from "./federations";
import { fileSystems } from "./fileSystems";
import { fleets } from "./fleets";
import { functions } from "./functions";
import { grants } from "./grants";
import { httpIngress } from "./httpIngress";
import { ingress } from "./ingress";
import { lab } from "./lab";
import { labDatabases } from "./labDatabases";
import { labFunctions } from "./labFunctions";
import { labLimits } from "./labLimits";
import { layers } from "./layers";
import { moreGrants } from "./moreGrants";
import { moreLab } from "./moreLab";
import { moreNetwork } from "./moreNetwork";
import { moreOpenPolicies } from "./moreOpenPolicies";
import { moreSecrets } from "./moreSecrets";
import { moreServers } from "./moreServers";
import { moreSites } from "./moreSites";
import { network } from "./network";
import { openPolicies } from "./openPolicies";
import { otherServices } from "./otherServices";
import { readableSecrets } from "./readableSecrets";
import { schedules } from "./schedules";
import { secretPlaces } from "./secretPlaces";
import { secrets } from "./secrets";
import { servers } from "./servers";
import { servicePolicies } from "./servicePolicies";
import { spellings } from "./spellings";
import { trusts } from "./trusts";
import { waysOut } from "./waysOut";

/** All programs, by their names. */
export const allCases = [
  controls,
  addresses,
  servers,
  moreServers,
  spellings,
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
  layers,
  schedules,
  lab,
  labLimits,
  labFunctions,
  moreNetwork,
  moreGrants,
  moreSecrets,
  moreSites,
  secretPlaces,
  moreOpenPolicies,
  otherServices,
  servicePolicies,
  federations,
  readableSecrets,
  moreLab,
].flatMap((cases) => Object.entries(cases));

/** Every small program would have to set these for each of its resources. */
export const unjudged = new Set(["required-tags", "pulumi-protect"]);

const has = (pack: Pack, rule: string | undefined) => pack.rules.some(({ name }) => name === rule);

/** The pack that has the rule of a program. */
const packOf = ({ rule }: PolicyCase) =>
  has(learnerLab, rule) ? learnerLab : has(production, rule) ? production : guardrails;

const batchOf = (...packs: readonly Pack[]) => ({
  packs,
  cases: Object.fromEntries(allCases.filter(([, each]) => packs.at(-1) === packOf(each))),
});

/** The programs by the packs that judge them. */
export const batches = {
  lab: batchOf(learnerLab),
  prod: batchOf(guardrails, production),
  dev: batchOf(guardrails),
};
