import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";

import { put, type Image } from "../images/layer";
import { attempt, ended, run, start, waitFor } from "../support/command";
import { logFolder } from "../support/folders";
import { addresses } from "./addresses";
import type { Certificate } from "./authority";
import { plugIn } from "./network";
import { makeRoot } from "./root";

/** Runs a program of the infra image on a network card of its own. */
function startInside(name: string, root: string, command: readonly string[]): ChildProcess {
  return start(
    ["ip", "netns", "exec", `lab-${name}`, "chroot", root, ...command],
    join(logFolder, `${name}.log`),
  );
}

/** MariaDB as RDS has it: TLS required, a certificate for its name, one user over one database. */
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
    await waitFor("MariaDB answers", 30, async () => {
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

  /** Asks as the database's owner, past the network. @returns rows of columns parted by tabs */
  async sql(statement: string): Promise<string> {
    return await run([
      "chroot",
      this.root,
      "mariadb",
      "--skip-ssl",
      "--batch",
      "--skip-column-names",
      "--execute",
      statement,
    ]);
  }

  /** A fresh, empty database. */
  async create(name: string): Promise<void> {
    await this.sql(`DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  }

  /** The one user, with this password from now on. */
  async setPassword(user: string, password: string): Promise<void> {
    const quoted = `'${password.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    await this.sql(
      `CREATE OR REPLACE USER '${user}'@'%' IDENTIFIED BY ${quoted}; GRANT ALL ON *.* TO '${user}'@'%'`,
    );
  }
}

/** A target of the load balancer. */
export interface Target {
  readonly name: string;
  readonly address: string;
}

/**
 * HAProxy as the load balancer: TLS ends there, HTTP is sent to HTTPS, and targets are asked for their health. It
 * tries nothing twice, so a failure of a server is a failure that a visitor sees. Its health checks have the target
 * group's thresholds, at a fifth of its interval, so that the lab need not wait.
 */
export class LabLoadBalancer {
  private constructor(private readonly root: string) {}

  static async make(
    image: Image,
    certificate: Certificate,
    targets: readonly Target[],
  ): Promise<LabLoadBalancer> {
    const root = await makeRoot("balancer", image, 64);
    await plugIn("balancer", addresses.loadBalancer);
    put(root, "etc/haproxy/lab.pem", certificate.certificate + certificate.key, 0o600);
    put(
      root,
      "etc/haproxy/lab.cfg",
      `global
  stats socket /run/lab.sock mode 600 level admin
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  option http-keep-alive
  retries 0
frontend http
  bind :80
  http-request redirect scheme https code 301
frontend https
  bind :443 ssl crt /etc/haproxy/lab.pem
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Port 443
  option forwardfor
  default_backend servers
backend servers
  balance roundrobin
  option httpchk
  http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host target
  http-check expect status 200
  timeout check 1s
  default-server check inter 1s fall 2 rise 2
${targets.map(({ name, address }) => `  server ${name} ${address}:80\n`).join("")}`,
    );
    startInside("balancer", root, ["haproxy", "-db", "-f", "/etc/haproxy/lab.cfg"]);
    const balancer = new LabLoadBalancer(root);
    await waitFor("HAProxy answers", 10, () => balancer.command("show info"));
    return balancer;
  }

  /** The targets that get visitors now. */
  async healthy(): Promise<readonly string[]> {
    const table = await this.command("show stat");
    return table
      .split("\n")
      .map((line) => line.split(","))
      .filter(
        ([backend, server, , , , , , , , , , , , , , , , status]) =>
          backend === "servers" && server !== "BACKEND" && status === "UP",
      )
      .map(([, server = ""]) => server);
  }

  async waitForHealthy(names: readonly string[], seconds = 15): Promise<void> {
    const wanted = [...names].sort().join(", ");
    await waitFor(`healthy targets are ${wanted}`, seconds, async () => {
      const now = [...(await this.healthy())].sort().join(", ");
      if (now === wanted) return true;
      throw new Error(`they are: ${now}`);
    });
  }

  /** As deregistration does: no new requests, open ones end. */
  async drain(name: string): Promise<void> {
    await this.command(`set server servers/${name} state drain`);
  }

  async ready(name: string): Promise<void> {
    await this.command(`set server servers/${name} state ready`);
  }

  private async command(line: string): Promise<string> {
    return await new Promise((resolve, reject) => {
      const socket = connect(join(this.root, "run/lab.sock"));
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk.toString();
      });
      socket.once("error", reject);
      socket.once("end", () => {
        resolve(answer.trim());
      });
      socket.write(`${line}\n`);
    });
  }
}

/** Whether a TCP port on an address takes connections. */
export async function listens(address: string, port: number): Promise<boolean> {
  return (
    (await attempt(["timeout", "1", "bash", "-c", `exec 3<>/dev/tcp/${address}/${port}`])).exitCode === 0
  );
}
