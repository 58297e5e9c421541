import { messageOf } from "../../cli/failure";
import { isRefused } from "../credentials/refused";
import { nameOf } from "../preflight/client";
import type { InventoryClients } from "./clients";
import { pastServers } from "./pastServers";
import { allOf, tagsOf, type Kind, type Resource, type Tags } from "./resource";
import { resourceTypes } from "./types";

/** What an account has in one region, at one time. */
export interface Inventory {
  readonly at: Date;
  /** In the order of removal, each kind sorted by creation and identifier. */
  readonly resources: readonly Resource[];
  /** Servers of Auto Scaling groups that were terminated in the last six weeks, as AWS still reports them. */
  readonly past: readonly Resource[];
  /** The tags of the account's VPCs and subnets, by id: they show whose a resource in one is. */
  readonly networks: ReadonlyMap<string, Tags>;
  /** Kinds that AWS did not list, with its reason. Their cost is unknown, not 0. */
  readonly unseen: readonly Unseen[];
}

export interface Unseen {
  readonly kind: Kind | "VPC" | "past server";
  /** AWS's code and message. */
  readonly reason: string;
}

/**
 * Lists everything in an account that costs money. Changes nothing.
 * @throws AWS's own error when it refuses the credentials; any other error is in `unseen`.
 */
export async function inventoryOf(clients: InventoryClients, now = new Date()): Promise<Inventory> {
  const unseen: Unseen[] = [];
  const ask = async <Answer>(
    kind: Unseen["kind"],
    question: Promise<Answer>,
  ): Promise<Answer | undefined> => {
    try {
      return await question;
    } catch (error) {
      if (isRefused(error)) throw error;
      unseen.push({ kind, reason: `${nameOf(error)}: ${messageOf(error)}` });
      return undefined;
    }
  };
  const [networks, past, ...listed] = await Promise.all([
    ask("VPC", networksOf(clients)),
    ask("past server", pastServers(clients)),
    ...resourceTypes.map(async ({ kind, list }) => (await ask(kind, list(clients))) ?? []),
  ]);
  return {
    at: now,
    resources: listed.flatMap((resources) => [...resources].sort(byCreation)),
    past: past ?? [],
    networks: networks ?? new Map(),
    unseen: unseen.toSorted((a, b) => a.kind.localeCompare(b.kind)),
  };
}

async function networksOf(clients: InventoryClients): Promise<ReadonlyMap<string, Tags>> {
  const ec2 = await clients.ec2();
  const [vpcs, subnets] = await Promise.all([
    allOf(ec2.paginateDescribeVpcs({}), ({ Vpcs }) => Vpcs),
    allOf(ec2.paginateDescribeSubnets({}), ({ Subnets }) => Subnets),
  ]);
  const ofVpcs = vpcs.map(({ VpcId = "", Tags }) => [VpcId, tagsOf(Tags)] as const);
  const byId = new Map(ofVpcs);
  const ofSubnets = subnets.map(
    ({ SubnetId = "", VpcId = "", Tags }) => [SubnetId, { ...byId.get(VpcId), ...tagsOf(Tags) }] as const,
  );
  return new Map([...ofVpcs, ...ofSubnets]);
}

/** Same account, same list: AWS's own order varies. */
function byCreation(a: Resource, b: Resource): number {
  const age = (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0);
  return age === 0 ? a.id.localeCompare(b.id) : age;
}
