import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";

import { messageOf } from "../../../cli/failure";
import type { Part } from "../region/part";
import type { Interface, World } from "../world";
import type { DnsQuestion } from "./dnsServer";
import { Internet } from "./internet";
import { nameTables, type NameTables } from "./nameTable";
import { resolveName, type Answer, type Asker } from "./names";
import { Applied, deleteNamespace } from "./namespaces";
import { addOwnerNamespace, ownerCommands, plugIn } from "./ownerNamespace";
import { registryHosts, serveRegistries, type Registries } from "./registries";
import { listenHere, listenIn } from "./sockets";
import { VpcNamespace, type VpcState } from "./vpcNamespace";
import type { MetadataHandler } from "./vpcServices";
import { vpcStates } from "./vpcStates";

export interface NetworkOptions {
  /** The command of nftables; default: the machine's own. */
  readonly nft?: readonly string[];
  /** Where machines with a way out get packages; without them, there is nothing on the internet. */
  readonly registries?: () => Promise<Registries>;
  readonly log?: (line: string) => void;
}

const noWorld: World = { bootId: "", number: -1, places: [] };

/** An owner of interfaces. Its VPC may be gone. */
interface Owner {
  readonly vpcId: string;
  /** The addresses and routes in the owner's namespace. */
  readonly applied: Applied;
}

/** Of servers in the box's own namespace. */
const internetKey = "";

/** The VPCs of all accounts, the internet between them, and the namespaces of machines and services. */
export class Network implements Part {
  readonly name = "network";
  private readonly nft: readonly string[];
  private readonly internet = new Internet();
  private readonly vpcs = new Map<string, VpcNamespace>();
  private readonly owners = new Map<string, Owner>();
  private readonly servers = new Map<string, Server[]>();
  private states: ReadonlyMap<string, VpcState> = new Map();
  private tables: NameTables = nameTables(noWorld);
  private metadata: MetadataHandler = (_, __, response) => response.writeHead(503).end();
  private registriesServer: HttpServer | undefined;
  private made = 0;
  private turn = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: NetworkOptions = {}) {
    this.nft = options.nft ?? ["nft"];
  }

  /** Sets what answers the requests of instances to 169.254.169.254. */
  onMetadata(handler: MetadataHandler): void {
    this.metadata = handler;
  }

  /** The addresses of a name for a visitor on the internet. */
  lookupPublic(name: string): readonly string[] {
    const answer = this.resolve({ name, type: "A" }) ?? [];
    return answer.filter(({ type }) => type === "A").map(({ data }) => data);
  }

  /** Answers what a host in a VPC asks, or a visitor on the internet. */
  resolve(question: DnsQuestion, asker?: Asker): Answer {
    this.turn += 1;
    return resolveName(
      question,
      { tables: this.tables, services: this.internet.names, turn: this.turn },
      asker,
    );
  }

  async reconcile(world: World): Promise<void> {
    await this.inTurn(async () => {
      this.states = vpcStates(world);
      this.tables = nameTables(world);
      await this.openRegistries();
      for (const vpc of this.vpcs.values()) {
        const state = this.states.get(vpc.id);
        if (state === undefined) await this.removeVpc(vpc);
        else await vpc.apply(state);
      }
    });
  }

  /**
   * Connects an owner (an instance, load balancer, database) to its VPC with all of its interfaces' addresses on `eth0`.
   * A second call changes the addresses. @returns the name of the owner's network namespace
   */
  async attach(owner: string, vpcId: string, interfaces: readonly Interface[]): Promise<string> {
    return await this.inTurn(async () => {
      const state = this.states.get(vpcId);
      if (state === undefined) {
        throw new Error(`${owner} is in the VPC ${vpcId}, which the emulator does not have (yet).`);
      }
      const commands = ownerCommands(state.vpc, interfaces);
      const before = this.owners.get(owner);
      const vpc = this.vpcs.get(vpcId) ?? (await this.addVpc(state));
      // AWS gives the address of a deleted interface to the next one, while the former owner may still end.
      for (const other of vpc.ownersOf(interfaces)) {
        if (other !== owner) await vpc.disconnect(other, state);
      }
      if (before === undefined) await addOwnerNamespace(owner);
      else if (before.vpcId !== vpcId) await this.disconnect(owner, before);
      const isConnected = before?.vpcId === vpcId && vpc.has(owner);
      // A device that is gone took its addresses with it.
      const applied = isConnected ? before.applied : new Applied(owner);
      this.owners.set(owner, { vpcId, applied });
      if (!isConnected) await plugIn(owner, vpcId);
      await applied.set(commands);
      vpc.connect(owner, interfaces);
      await vpc.apply(state);
      return owner;
    });
  }

  /** Ends all connections of an owner and removes its namespace's name. */
  async detach(owner: string): Promise<void> {
    await this.inTurn(async () => {
      const known = this.owners.get(owner);
      if (known === undefined) return;
      this.owners.delete(owner);
      for (const server of this.servers.get(owner) ?? []) server.close();
      this.servers.delete(owner);
      await this.disconnect(owner, known);
      await deleteNamespace(owner);
    });
  }

  /**
   * A server in an owner's namespace, or on the internet when that is undefined. It has no listener yet. `detach` closes
   * it.
   */
  async listen(namespace: string | undefined, address: string, port: number): Promise<Server> {
    const server =
      namespace === undefined ? await listenHere(address, port) : await listenIn(namespace, address, port);
    const key = namespace ?? internetKey;
    this.servers.set(key, [...(this.servers.get(key) ?? []), server]);
    return server;
  }

  /** The internet's address of a service by its host name, for `listen(undefined, …)`. */
  async publicAddressOf(name: string): Promise<string> {
    return await this.inTurn(async () => await this.internet.addressOf(name));
  }

  async stop(): Promise<void> {
    await this.inTurn(async () => {
      for (const vpc of this.vpcs.values()) await this.removeVpc(vpc);
      this.registriesServer?.closeAllConnections();
      for (const server of [...this.servers.values()].flat()) server.close();
      for (const owner of this.owners.keys()) await deleteNamespace(owner);
      this.servers.clear();
      this.owners.clear();
      await this.internet.stop();
    });
  }

  private async addVpc(state: VpcState): Promise<VpcNamespace> {
    const { id } = state.vpc;
    this.made += 1;
    const vpc = await VpcNamespace.create(state, {
      index: this.made,
      internet: this.internet,
      nft: this.nft,
      handlers: {
        answerDns: (question, address) => this.resolve(question, { vpcId: id, address }),
        metadata: (...all) => {
          this.metadata(...all);
        },
        report: (error) => this.options.log?.(`${id}: ${messageOf(error)}`),
      },
    });
    this.vpcs.set(id, vpc);
    return vpc;
  }

  /** Machines find the registries by their names at addresses of the internet. */
  private async openRegistries(): Promise<void> {
    if (this.options.registries === undefined || this.registriesServer !== undefined) return;
    const registries = await this.options.registries();
    const servers: Server[] = [];
    for (const { host, port } of registryHosts(registries)) {
      servers.push(await this.listen(undefined, await this.internet.addressOf(host), port));
    }
    this.registriesServer = serveRegistries(registries, servers);
  }

  private async removeVpc(vpc: VpcNamespace): Promise<void> {
    this.vpcs.delete(vpc.id);
    await vpc.remove();
  }

  private async disconnect(owner: string, { vpcId }: Owner): Promise<void> {
    const vpc = this.vpcs.get(vpcId);
    const state = this.states.get(vpcId);
    if (vpc !== undefined && state !== undefined) await vpc.disconnect(owner, state);
  }

  /** One change at a time: two would see each other's half. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return await result;
  }
}
