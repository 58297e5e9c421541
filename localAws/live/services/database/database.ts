import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../../cli/failure";
import { coresOf } from "../../machines/cpu";
import type { Database } from "../../world";
import { cutNetwork, restoreNetwork } from "../networkCut";
import { AppliedParameters } from "./appliedParameters";
import { settleParameters } from "./configuration";
import { InstanceData } from "./data";
import type { LoggedDatabase } from "./logDelivery";
import { masterUserStatements } from "./masterUser";
import type { MeteredDatabase } from "./metrics";
import { Reporter } from "./reporter";
import { MariaDbServer } from "./server";
import type { DatabaseServices, WantedDatabase } from "./services";

/** RDS starts nothing in these states. */
const off = new Set(["stopping", "stopped", "storage-full"]);
const settledStates = new Set(["available", "stopped", "failed", "deleting"]);
const engines = new Set(["mariadb", "mysql"]);
const retryMilliseconds = 3_000;

/** What RDS changes only with a restart. */
function placeOf({ vpcId, host, port, instanceClass, interface: { subnetId, privateIp } }: Database): string {
  return JSON.stringify([vpcId, host, port, instanceClass, subnetId, privateIp]);
}

/** Connections of users, without the one that asks. */
const connectionsQuery =
  "SELECT COUNT(*) FROM information_schema.PROCESSLIST " +
  "WHERE ID <> CONNECTION_ID() AND USER NOT IN ('system user', 'event_scheduler')";

/** One RDS instance: brings its MariaDB into the state that the emulator wants, and reports it. */
export class LiveDatabase {
  private readonly server: MariaDbServer;
  private wanted: WantedDatabase;
  private working: Promise<void> | undefined;
  private isEnding = false;
  private password: string | undefined;
  private readonly data: InstanceData;
  private readonly parameters: AppliedParameters;
  private counts: Pick<Database, "reboots" | "failovers"> | undefined;
  private namespace: string | undefined;
  private startedWith = "";
  private hasCut = false;
  private readonly reporter: Reporter;

  constructor(
    private readonly services: DatabaseServices,
    wanted: WantedDatabase & { readonly database: Database },
  ) {
    this.wanted = wanted;
    this.id = wanted.database.id;
    this.resourceId = wanted.database.resourceId;
    this.reporter = new Reporter(services.context, this.id);
    this.server = new MariaDbServer(services.root, services.databases, this.resourceId, (reason) => {
      this.reporter.say(`MariaDB ended by itself (${reason}); RDS starts it again`);
      this.begin();
    });
    this.data = new InstanceData(services, this.server, (text) => {
      this.reporter.say(text);
    });
    const log = this.reporter.log.bind(this.reporter);
    this.parameters = new AppliedParameters((statements) => this.server.sql(statements), log);
  }

  readonly id: string;
  readonly resourceId: string;

  get isCut(): boolean {
    return this.hasCut;
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  /** What its meter needs while it is on. */
  metered(): MeteredDatabase | undefined {
    const { place, database } = this.wanted;
    const { pid } = this.server;
    if (database === undefined || pid === undefined || this.password === undefined) return undefined;
    return {
      id: this.id,
      accountId: place.accountId,
      region: place.region,
      cores: coresOf(database.instanceClass.replace("db.", ""), cpus().length),
      allocatedBytes: database.allocatedStorageGiB * 1024 ** 3,
      dataFolder: join(this.server.folder, "data"),
      pid,
      connections: async () => Number(await this.server.sql(connectionsQuery)),
    };
  }

  /** What the delivery of its logs needs while it is on. */
  logged(): LoggedDatabase | undefined {
    const { place } = this.wanted;
    return this.server.isOn ? { id: this.id, place, folder: join(this.server.folder, "log") } : undefined;
  }

  /** Whether the emulator and this machine have nothing left of it. */
  get isGone(): boolean {
    return this.wanted.database === undefined && this.working === undefined;
  }

  /** Begins the work for what the emulator wants now. It reports later. */
  want(wanted: WantedDatabase): void {
    this.wanted = wanted;
    this.begin();
  }

  /** Drops every packet from and to the database, as a failed network does. Connections hang. */
  async cutOff(): Promise<void> {
    if (this.namespace === undefined || this.hasCut) return;
    await cutNetwork(this.services.root, this.namespace);
    this.hasCut = true;
    this.reporter.say("its network is cut: servers cannot reach it");
  }

  async restore(): Promise<void> {
    if (this.namespace === undefined || !this.hasCut) return;
    await restoreNetwork(this.services.root, this.namespace);
    this.hasCut = false;
    this.reporter.say("its network works again");
  }

  /** Ends the process cleanly. The data stays. */
  async end(): Promise<void> {
    this.isEnding = true;
    await this.working;
    await this.turnOff();
  }

  private begin(): void {
    if (this.isEnding) return;
    this.working ??= this.work().finally(() => {
      this.working = undefined;
      // The process may end after the last look at it.
      if (!this.isReached(this.wanted)) this.begin();
    });
  }

  /** Works until what was wanted last is there. */
  private async work(): Promise<void> {
    for (;;) {
      const { wanted } = this;
      try {
        await this.reach(wanted);
        this.reporter.succeeded();
        if (this.wanted === wanted && this.isReached(wanted)) return;
      } catch (error) {
        this.reporter.fail(wanted, messageOf(error));
        await sleep(retryMilliseconds);
      }
      if (this.isEnding) return;
    }
  }

  private isReached({ database }: WantedDatabase): boolean {
    return (
      database === undefined || off.has(database.state) || database.state === "deleting" || this.server.isOn
    );
  }

  private async reach(wanted: WantedDatabase): Promise<void> {
    const { database } = wanted;
    await this.data.takeSnapshots(wanted);
    if (database === undefined || database.state === "deleting") {
      await this.turnOff();
      this.server.delete();
      if (database !== undefined && this.reporter.state !== "deleted")
        this.reporter.report(wanted, { state: "deleted" });
    } else if (off.has(database.state)) {
      await this.turnOff();
      if (database.state === "stopping") this.reporter.report(wanted, { state: "stopped" });
    } else {
      await this.reachOn(database);
      if (!settledStates.has(database.state) || this.reporter.state === "failed") {
        this.reporter.report(wanted, { state: "available" });
      }
      this.reporter.isAvailable();
    }
  }

  private async reachOn(database: Database): Promise<void> {
    if (!engines.has(database.engine)) {
      throw new Error(`The engine ${database.engine} cannot run here. Allowed: mariadb, mysql (as MariaDB).`);
    }
    await this.data.create(database);
    await this.rebootIfAsked(database);
    if (this.server.isOn && this.startedWith !== placeOf(database)) {
      this.reporter.say("restarts for a change of its class, port or network");
      await this.turnOff();
    }
    if (!this.server.isOn) await this.turnOn(database);
    if (this.password !== database.masterPassword) {
      await this.server.sql(masterUserStatements(database.masterUsername, database.masterPassword));
      if (this.password !== undefined)
        this.reporter.say("its master password changed; the old one is invalid");
      this.password = database.masterPassword;
    }
    await this.data.createNamedDatabase(database);
    await this.parameters.change(settleParameters(database).values);
  }

  private async rebootIfAsked({ reboots, failovers }: Database): Promise<void> {
    const before = this.counts;
    this.counts = { reboots, failovers };
    if (before === undefined || !this.server.isOn) return;
    if (failovers > before.failovers) {
      this.reporter.say("fails over to its standby");
      await this.turnOff("crash");
    } else if (reboots > before.reboots) {
      this.reporter.say("reboots");
      await this.turnOff();
    }
  }

  private async turnOn(database: Database): Promise<void> {
    const began = Date.now();
    const settled = settleParameters(database);
    for (const line of settled.refused) this.reporter.log(`parameter refused: ${line}`);
    const owner = `db-${this.resourceId}`;
    this.namespace = await this.services.network.attach(owner, database.vpcId, [database.interface]);
    await this.server.start({
      namespace: this.namespace,
      port: database.port,
      certificate: await this.services.authority.issue([database.host]),
      parameters: settled.values,
    });
    this.startedWith = placeOf(database);
    // Set again after each start: it may have changed while the database was off.
    this.password = undefined;
    await this.parameters.started(settled.values);
    this.reporter.say(`MariaDB answers after ${((Date.now() - began) / 1_000).toFixed(1)} s`);
  }

  private async turnOff(how: "stop" | "crash" = "stop"): Promise<void> {
    const wasOn = this.server.isOn;
    await this.server[how]();
    if (wasOn && how === "stop") this.reporter.say("MariaDB ended cleanly");
    await this.restore();
    if (this.namespace !== undefined) await this.services.network.detach(`db-${this.resourceId}`);
    this.namespace = undefined;
  }
}
