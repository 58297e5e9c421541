import { counted } from "../../cli/counted";
import type { Quotas } from "./quotas";
import type { ServerFacts } from "./servers";

/** Facts about an account before anything is created in it. */
export interface AccountFacts {
  readonly accountId: string;
  /** When the credentials expire, if known. */
  readonly expiresAt: Date | undefined;
  /** When their file was written, if they are from a file. */
  readonly writtenAt: Date | undefined;
  /** Undefined when the account may not use the region at all. */
  readonly region: RegionFacts | undefined;
}

/** What the account has in the stack's region, and its limits. */
export interface RegionFacts extends ServerFacts {
  /** Undefined when the account may not ask. */
  readonly vpcs: number | undefined;
  readonly elasticIps: number | undefined;
  /** Names that the stack needs and the account lacks, e.g. `instance profile LabInstanceProfile`. */
  readonly missing: readonly string[];
  /** Whether the role for an Instance Connect Endpoint is missing for certain. */
  readonly lacksConnectRole: boolean;
  readonly quotas: Quotas;
}

/** What a stack needs. */
export interface Wanted {
  /** The account in the roster. */
  readonly accountId: string | undefined;
  readonly region: string;
  /** The stack has no resources yet. */
  readonly isNew: boolean;
  /** The most servers that may run at once. */
  readonly servers: number;
  readonly elasticIps: number;
  /** Its servers start from an image that `up` creates in the account. */
  readonly bakesImage: boolean;
  /** It has an Instance Connect Endpoint. */
  readonly connectEndpoint: boolean;
}

/** A finding about an account; a problem blocks `up`. */
export interface Finding {
  readonly kind: "problem" | "note";
  readonly text: string;
  readonly remedy: string;
}

/** An `up` from nothing takes a quarter of an hour, mostly the database; twice that is safe. */
const leastMinutes = 30;
/** A Learner Lab's session. */
const sessionHours = 4;
/** The lab ends servers beyond this number of running ones. */
const labServers = 9;

/** Lists every blocker of an `up`, and every note for the student. */
export function judge(facts: AccountFacts, wanted: Wanted, now: Date): readonly Finding[] {
  const { region } = facts;
  return [
    ...identity(facts, wanted),
    ...expiry(facts, now),
    ...(region === undefined ? [closedRegion(wanted)] : inRegion(region, wanted)),
  ];
}

function inRegion(region: RegionFacts, wanted: Wanted): readonly Finding[] {
  return [
    ...region.missing.map(missing),
    ...region.refusedTypes.map(refusedType),
    ...quota(region, wanted),
    ...images(region, wanted),
    ...connectRole(region, wanted),
  ];
}

function identity({ accountId }: AccountFacts, wanted: Wanted): readonly Finding[] {
  if (wanted.accountId === undefined || wanted.accountId === accountId) return [];
  return [
    {
      kind: "problem",
      text: `The credentials are for the account ${accountId}; the roster has ${wanted.accountId}.`,
      remedy: "Fix the student's credentials or account in the roster.",
    },
  ];
}

function expiry({ expiresAt, writtenAt }: AccountFacts, now: Date): readonly Finding[] {
  if (expiresAt !== undefined) {
    const minutes = Math.floor((expiresAt.getTime() - now.getTime()) / 60_000);
    if (minutes >= leastMinutes) return [];
    return [
      {
        kind: "problem",
        text: `The credentials expire in ${counted(Math.max(0, minutes), "minute")}, and an up takes up to ${leastMinutes}.`,
        remedy: "Start a new session of the lab, and use its credentials.",
      },
    ];
  }
  if (writtenAt === undefined) return [];
  const minutes = Math.floor((now.getTime() - writtenAt.getTime()) / 60_000);
  if (minutes + leastMinutes <= sessionHours * 60) return [];
  return [
    {
      kind: "note",
      text: `The credentials were saved ${counted(minutes, "minute")} ago; a lab's session lasts about ${counted(sessionHours, "hour")}.`,
      remedy: "Start a new session if this one ends before the up; the next up resumes.",
    },
  ];
}

function closedRegion({ region }: Wanted): Finding {
  return {
    kind: "problem",
    text: `The account may not use ${region}.`,
    remedy:
      "A Learner Lab is open in us-east-1 and us-west-2 only: change the student's region in the roster.",
  };
}

function missing(what: string): Finding {
  return {
    kind: "problem",
    text: `The account has no ${what}.`,
    remedy:
      "A Learner Lab has it: start the session once from the lab's page, or name another in the settings.",
  };
}

function refusedType(type: string): Finding {
  return {
    kind: "problem",
    text: `The account may not start servers of the type ${type}.`,
    remedy: "A Learner Lab allows nano to large: change fleet.instanceType or launcher.instanceType.",
  };
}

function quota(facts: RegionFacts, wanted: Wanted): readonly Finding[] {
  if (!wanted.isNew) return [];
  const { quotas, wantedVcpus = 0 } = facts;
  return [
    ...over(
      "servers",
      facts.servers,
      wanted.servers,
      labServers,
      "End servers, or lower fleet.capacity.max.",
    ),
    ...over("vCPUs", facts.vcpus, wantedVcpus, quotas.vcpus, "End servers, or use smaller or fewer ones."),
    ...over("VPCs", facts.vpcs, 1, quotas.vpcs, "Delete an unused VPC."),
    ...over("Elastic IPs", facts.elasticIps, wanted.elasticIps, quotas.elasticIps, "Release one."),
    ...notCounted(facts),
    ...(quotas.assumed.length === 0 ? [] : [assumedQuotas(quotas.assumed)]),
  ];
}

function over(
  what: string,
  there: number | undefined,
  more: number,
  most: number,
  remedy: string,
): readonly Finding[] {
  if (there === undefined || there + more <= most) return [];
  const text = `The account has ${there} ${what}, the stack may need ${more}, and the limit is ${most}.`;
  return [{ kind: "problem", text, remedy }];
}

function notCounted(facts: RegionFacts): readonly Finding[] {
  const { servers, vpcs, elasticIps: addresses } = facts;
  const unknown = Object.entries({ servers, VPCs: vpcs, "Elastic IPs": addresses })
    .filter(([, count]) => count === undefined)
    .map(([what]) => what);
  if (unknown.length === 0) return [];
  return [
    {
      kind: "note",
      text: `The account may not count these: ${unknown.join(", ")}.`,
      remedy: "If up fails at a limit, delete unused resources there.",
    },
  ];
}

/** A lab denies this request; its limits are AWS's defaults. */
function assumedQuotas(limits: readonly string[]): Finding {
  return {
    kind: "note",
    text: `AWS does not report the account's limits; up assumes: ${limits.join(", ")}.`,
    remedy: "If up fails at a limit, delete unused resources there.",
  };
}

function images({ images: answer }: RegionFacts, { bakesImage }: Wanted): readonly Finding[] {
  if (answer !== "denied") return [];
  return [
    {
      kind: bakesImage ? "problem" : "note",
      text: "The account may not create AMIs.",
      remedy: "Keep fleet.image bootstrap: servers then install WordPress at first boot.",
    },
  ];
}

function connectRole({ lacksConnectRole }: RegionFacts, { connectEndpoint }: Wanted): readonly Finding[] {
  if (!connectEndpoint || !lacksConnectRole) return [];
  return [
    {
      kind: "note",
      text: "The account has no service-linked role for the Instance Connect Endpoint; up asks AWS to create it.",
      remedy: "If the account refuses that, as some labs do, set network.instanceConnectEndpoint to false.",
    },
  ];
}
