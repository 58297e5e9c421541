import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { waitFor } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { settleParameters } from "../../../localAws/live/services/database/configuration";
import { masterUserStatements } from "../../../localAws/live/services/database/masterUser";
import { MariaDbServer } from "../../../localAws/live/services/database/server";
import { databasesInside, makeTemplate } from "../../../localAws/live/services/database/template";
import { EngineRoot } from "../../../localAws/live/services/engineRoot";
import { cutNetwork, restoreNetwork } from "../../../localAws/live/services/networkCut";
import { labFolder } from "../support/folders";
import { databaseHost, vpcId } from "./addresses";
import { databaseInterface, labDatabase } from "./place";
import type { LabRegion } from "./region";

/** The live region's MariaDB, which the scenarios stop and start themselves. */
export class LabDatabase {
  private constructor(
    private readonly region: LabRegion,
    private readonly root: EngineRoot,
    private readonly server: MariaDbServer,
    private readonly namespace: string,
  ) {}

  static async make(image: Image, region: LabRegion): Promise<LabDatabase> {
    const folder = join(labFolder, "databases");
    mkdirSync(folder, { recursive: true });
    const root = await EngineRoot.open(image, join(labFolder, "engines"), { [databasesInside]: folder });
    const server = new MariaDbServer(root, folder, labDatabase.resourceId);
    await server.adopt(await makeTemplate(root, folder));
    const namespace = await region.network.attach("db-lab", vpcId, [databaseInterface]);
    const database = new LabDatabase(region, root, server, namespace);
    await database.start();
    return database;
  }

  async start(): Promise<void> {
    await this.server.start({
      namespace: this.namespace,
      port: labDatabase.port,
      certificate: await this.region.authority.issue([databaseHost]),
      parameters: settleParameters(labDatabase).values,
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Drops every packet from and to the database. */
  async cut(): Promise<void> {
    await cutNetwork(this.root, this.namespace);
  }

  async restore(): Promise<void> {
    await restoreNetwork(this.root, this.namespace);
  }

  /** Runs SQL as RDS's administrator, without the network. @returns rows with columns separated by tabs */
  async sql(statement: string): Promise<string> {
    return await this.server.sql(statement);
  }

  /** Takes a lock as another server would. @returns a function that releases it */
  async holdLock(name: string): Promise<() => Promise<void>> {
    // Its connection is ended: that is its error.
    const holder = this.sql(`SELECT GET_LOCK('${name}', 5), SLEEP(600)`).catch(() => undefined);
    const connection = await waitFor("the lock is taken", 60, async () => {
      // Checks that this session holds the lock: it may first wait for a server that has it.
      const id = await this.sql(
        `SELECT ID FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK('${name}') AND INFO LIKE '%SLEEP(600)%'`,
      );
      return id === "" ? undefined : id;
    });
    return async () => {
      await this.sql(`KILL ${connection}`);
      await holder;
    };
  }

  /** A fresh, empty database. */
  async create(name: string): Promise<void> {
    await this.sql(`DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  }

  /** Creates a user with the privileges of RDS's master user, or changes its password. */
  async setPassword(user: string, password: string): Promise<void> {
    await this.sql(masterUserStatements(user, password));
  }
}
