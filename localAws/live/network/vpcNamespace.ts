import type { Interface, Vpc } from "../world";
import { linkLocal, publishedAddresses, rulesetText, type FirewallInput } from "./firewall";
import type { Internet } from "./internet";
import {
  deviceOf,
  gatewayDeviceOf,
  internetDevice,
  internetHop,
  vpcHop,
  type Link,
  type NatLink,
} from "./links";
import { addNamespace, Applied, applyRuleset, deleteNamespace, ipBatch, makeRouter } from "./namespaces";
import { addNatGateway } from "./natGateway";
import { compileRoutes, routingCommands } from "./routes";
import { startVpcServices, type VpcServiceHandlers } from "./vpcServices";

/** What the world says of a VPC. */
export interface VpcState {
  readonly vpc: Vpc;
  /** All of its interfaces, connected or not. */
  readonly members: readonly Interface[];
  readonly hopLimits: ReadonlyMap<string, number>;
}

/** What a VPC is connected to. */
export interface VpcSurroundings {
  /** A number that no other VPC has. */
  readonly index: number;
  readonly internet: Internet;
  /** The command of nftables. */
  readonly nft: readonly string[];
  readonly handlers: VpcServiceHandlers;
}

const fixed: readonly string[] = [
  `address add ${linkLocal.resolver}/32 dev lo`,
  `address add ${linkLocal.metadata}/32 dev lo`,
  "rule add pref 100 lookup main",
  "route add blackhole default table default",
];

/**
 * Links with their interfaces' newest state, and all members of the VPC. A link can be older than the world: its owner
 * still ends, but AWS has deleted the interface, and may have given its addresses to another one.
 */
function upToDate(
  links: readonly Link[],
  members: readonly Interface[],
): { readonly links: readonly Link[]; readonly members: readonly Interface[] } {
  const newest = new Map(members.map((member) => [member.id, member]));
  const taken = new Set(members.map(({ privateIp }) => privateIp));
  const current = links.map((link) => ({
    ...link,
    interfaces: link.interfaces.map((each) => newest.get(each.id) ?? each),
  }));
  const isKnown = (link: Link): boolean => link.interfaces.some(({ id }) => newest.has(id));
  const former = current
    .flatMap(({ interfaces }) => interfaces)
    .filter(({ id, privateIp }) => !newest.has(id) && !taken.has(privateIp));
  return {
    links: [...current.filter(isKnown), ...current.filter((link) => !isKnown(link))],
    members: [...members, ...former],
  };
}

/** A VPC as a network namespace that routes between its interfaces and the internet. */
export class VpcNamespace {
  private readonly links = new Map<string, Link>();
  private readonly nats = new Map<string, NatLink>();
  private readonly applied: Applied;
  private ruleset = "";
  private stopServices: (() => void) | undefined;

  private constructor(
    readonly id: string,
    private readonly index: number,
    private readonly internet: Internet,
    private readonly nft: readonly string[],
  ) {
    this.applied = new Applied(id);
  }

  /** Creates the namespace with the VPC's resolver and metadata service. */
  static async create(
    state: VpcState,
    { index, internet, nft, handlers }: VpcSurroundings,
  ): Promise<VpcNamespace> {
    const { id } = state.vpc;
    await addNamespace(id);
    await makeRouter(id);
    const peer = gatewayDeviceOf(id);
    await ipBatch(undefined, [
      `link add ${peer} type veth peer name ${internetDevice} netns ${id}`,
      `link set ${peer} up`,
    ]);
    await ipBatch(id, [
      "link set lo up",
      `link set ${internetDevice} up`,
      `address add ${vpcHop(index)}/32 dev ${internetDevice}`,
      `route add ${internetHop} dev ${internetDevice}`,
    ]);
    const created = new VpcNamespace(id, index, internet, nft);
    try {
      await created.apply(state);
      created.stopServices = await startVpcServices(state.vpc, handlers);
    } catch (error) {
      await created.remove();
      throw error;
    }
    return created;
  }

  has(owner: string): boolean {
    return this.links.has(owner);
  }

  /** The owners that have one of the interfaces' addresses. */
  ownersOf(interfaces: readonly Interface[]): readonly string[] {
    const addresses = new Set(interfaces.map(({ privateIp }) => privateIp));
    return [...this.links.values()]
      .filter((link) => link.interfaces.some(({ privateIp }) => addresses.has(privateIp)))
      .map(({ owner }) => owner);
  }

  /** Connects an owner's namespace, or changes the addresses of its device. `apply` then lets packets through. */
  connect(owner: string, interfaces: readonly Interface[]): Link {
    const link = { owner, device: deviceOf(owner), interfaces };
    this.links.set(owner, link);
    return link;
  }

  /** Removes the owner's device at both ends. */
  async disconnect(owner: string, state: VpcState): Promise<void> {
    const link = this.links.get(owner);
    if (link === undefined) return;
    this.links.delete(owner);
    await this.apply(state);
    await ipBatch(this.id, [`link del ${link.device}`]);
  }

  /** Makes addresses, routes and rules equal to the state of the VPC. It does nothing when they are. */
  async apply(state: VpcState): Promise<void> {
    const { links, members } = upToDate([...this.links.values()], state.members);
    const removed = await this.addNatGateways(state.vpc);
    const nats = [...this.nats.values()];
    const input: FirewallInput = {
      ...state,
      members,
      links,
      nats,
      hop: vpcHop(this.index),
    };
    await this.applyRules(input);
    await this.applied.set([...fixed, ...routingCommands(state.vpc, compileRoutes(state.vpc, links, nats))]);
    await this.internet.publish(
      this.id,
      this.index,
      publishedAddresses(input).map(({ publicIp }) => publicIp),
    );
    for (const { id, device } of removed) {
      await ipBatch(this.id, [`link del ${device}`]);
      await deleteNamespace(id);
    }
  }

  /** Ends the namespace with all connections. The owners' own namespaces stay until they are detached. */
  async remove(): Promise<void> {
    this.stopServices?.();
    await this.internet.unpublish(this.id);
    const devices = [...this.links.values(), ...this.nats.values()].map(({ device }) => device);
    await ipBatch(
      this.id,
      [internetDevice, ...devices].map((device) => `link del ${device}`),
    );
    for (const id of this.nats.keys()) await deleteNamespace(id);
    await deleteNamespace(this.id);
  }

  private async applyRules(input: FirewallInput): Promise<void> {
    const ruleset = rulesetText(input);
    if (ruleset === this.ruleset) return;
    await applyRuleset(this.id, this.nft, ruleset);
    this.ruleset = ruleset;
  }

  /** @returns the gateways that are gone: their devices are removed after their routes */
  private async addNatGateways(vpc: Vpc): Promise<readonly NatLink[]> {
    const available = vpc.natGateways.filter(({ state }) => state === "available");
    for (const gateway of available) {
      const known = this.nats.get(gateway.id);
      if (known !== undefined) continue;
      this.nats.set(gateway.id, await addNatGateway(vpc, gateway, this.nft));
    }
    const gone = [...this.nats.values()].filter(({ id }) => available.every((each) => each.id !== id));
    for (const { id } of gone) this.nats.delete(id);
    return gone;
  }
}
