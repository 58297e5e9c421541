import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

import { attempt, ended, run, waitFor } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { put } from "../../../localAws/live/images/layer";
import type { Certificate } from "../../../localAws/live/services/authority";
import { addresses } from "./addresses";
import { startInside } from "./infra";
import { plugIn } from "./network";
import { chrooted, makeRoot } from "./root";

/** MariaDB as in RDS: TLS required, a certificate for its name, one user with one database. */
export class LabDatabase {
  private server: ChildProcess | undefined;

  private constructor(private readonly root: string) {}

  static async make(image: Image, certificate: Certificate): Promise<LabDatabase> {
    const root = await makeRoot("database", image, 2_048);
    await plugIn("database", addresses.database);
    put(root, "etc/mysql/lab.crt", certificate.certificate);
    put(root, "etc/mysql/lab.key", certificate.key);
    put(
      root,
      "etc/mysql/mariadb.conf.d/90-lab.cnf",
      [
        "[mysqld]",
        "bind-address = 0.0.0.0",
        "require_secure_transport = ON",
        "ssl_cert = /etc/mysql/lab.crt",
        "ssl_key = /etc/mysql/lab.key",
        "skip-name-resolve",
        "max_connections = 150",
        // The lab's disk is memory.
        "innodb_flush_log_at_trx_commit = 0",
        "",
      ].join("\n"),
    );
    const database = new LabDatabase(root);
    await database.start();
    return database;
  }

  async start(): Promise<void> {
    await run(["install", "-d", "-o", "100", "-m", "0777", join(this.root, "run/mysqld")]);
    this.server = startInside("database", this.root, ["mariadbd", "--user=mysql"]);
    await waitFor("MariaDB answers", 120, async () => {
      await this.sql("SELECT 1");
      return true;
    });
  }

  async stop(): Promise<void> {
    if (this.server === undefined) return;
    this.server.kill("SIGTERM");
    await ended(this.server);
    this.server = undefined;
  }

  /** Runs SQL as the database's owner, without the network. @returns rows with columns separated by tabs */
  async sql(statement: string): Promise<string> {
    return await run(this.client(statement));
  }

  /** Takes a lock as another server would. @returns a function that releases it */
  async holdLock(name: string): Promise<() => Promise<void>> {
    const holder = attempt(this.client(`SELECT GET_LOCK('${name}', 5), SLEEP(600)`));
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

  /** Creates the one user, or changes its password. */
  async setPassword(user: string, password: string): Promise<void> {
    const quoted = `'${password.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    await this.sql(
      `CREATE OR REPLACE USER '${user}'@'%' IDENTIFIED BY ${quoted}; GRANT ALL ON *.* TO '${user}'@'%'`,
    );
  }

  private client(statement: string): readonly string[] {
    const options = ["--skip-ssl", "--batch", "--skip-column-names", "--execute", statement];
    return chrooted(this.root, ["mariadb", ...options]);
  }
}
