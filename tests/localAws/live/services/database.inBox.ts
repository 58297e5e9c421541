import { expect } from "chai";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { waitFor } from "../../../../localAws/live/command";
import { cachedImages } from "../../../../localAws/live/images/images";
import { Network } from "../../../../localAws/live/network/network";
import { Authority } from "../../../../localAws/live/services/authority";
import { Databases } from "../../../../localAws/live/services/databases";
import { EngineRoot } from "../../../../localAws/live/services/engineRoot";
import type { Database, Place } from "../../../../localAws/live/world";
import { networkInterface } from "../network/support/worlds";
import { database, Reports, routeRequest, worldWith } from "./support/databases";

const host = "wp-database.abc.us-east-1.rds.amazonaws.com";
const first = database();

describe("a live database", () => {
  const folder = mkdtempSync(join(tmpdir(), "live-database-"));
  const reports = new Reports();
  const network = new Network();
  let databases: Databases;
  let clients: EngineRoot;
  let bundle: string;

  async function reach(place: Partial<Place>): Promise<void> {
    const next = worldWith(place);
    await network.reconcile(next);
    await databases.reconcile(next);
  }

  /** Brings the only database into a state. */
  async function set(wanted: Partial<Database>, until: string, snapshots: Place["databaseSnapshots"] = []) {
    const before = reports.count(first.id, until);
    await reach({ databases: [{ ...first, ...wanted }], databaseSnapshots: snapshots });
    await waitFor(`the database is ${until}`, 60, () =>
      reports.count(first.id, until) > before ? true : undefined,
    );
  }

  /** Runs SQL as a server of a security group does. @returns the answer, or the client's error */
  async function sql(statement: string, options: { from?: string; password?: string; tls?: boolean } = {}) {
    const { from = "i-web", password = first.masterPassword, tls = true } = options;
    const { output } = await attemptIn(from, [
      ...["mariadb", "--no-defaults", `--host=${host}`, "--user=wordpress", `--password=${password}`],
      ...(tls ? ["--ssl-ca=/srv/clients/ca.pem", "--ssl-verify-server-cert"] : ["--skip-ssl"]),
      ...["--connect-timeout=3", "--batch", "--skip-column-names", "--execute", statement],
    ]);
    return output.trim();
  }

  async function waitForStatement(pattern: string): Promise<void> {
    const count = `SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE '${pattern}'`;
    await waitFor("the statement runs", 10, async () => ((await sql(count)) === "1" ? true : undefined));
  }

  async function attemptIn(namespace: string, command: readonly string[]) {
    return await clients.attempt(command, "", namespace);
  }

  function call(action: string, id: string) {
    const route = databases.routes[`POST /databases/:id/${action}`];
    if (route === undefined) throw new Error(`There is no route ${action}.`);
    return route(routeRequest(id));
  }

  before(async () => {
    const images = await cachedImages();
    if (images === undefined)
      throw new Error("The images are not there: run `npm run local -- --live up` once.");
    const authority = await Authority.open(join(folder, "authority"));
    ({ bundle } = authority);
    databases = new Databases({
      authority,
      network,
      image: images.infra,
      context: {
        folder,
        sockets: folder,
        endpoint: "http://127.0.0.1:1",
        report: reports.report,
        event: ({ text }) => reports.events.push(text),
        log: (line) => reports.lines.push(line),
      },
    });
    clients = await EngineRoot.open(images.infra, join(folder, "clientsRoot"), {
      "/srv/clients": join(folder, "clients"),
    });
    writeFileSync(join(folder, "clients/ca.pem"), bundle);
    await clients.run(["sh", "-c", `echo 10.0.0.30 ${host} >>/etc/hosts`]);
    await network.reconcile(worldWith({}));
    await network.attach("i-web", "vpc-1", [networkInterface("subnet-b", "10.0.1.20", ["sg-web"])]);
    await network.attach("i-other", "vpc-1", [networkInterface("subnet-b", "10.0.1.21", ["sg-other"])]);
  });

  after(async () => {
    await databases.stop();
    await clients.close();
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is created and answers a server of an allowed group over TLS, with its certificate verified", async () => {
    const began = Date.now();
    await set({}, "available");
    expect(Date.now() - began, "milliseconds to available").to.be.lessThan(30_000);
    console.log(`      available after ${Date.now() - began} ms`);
    expect(await sql("SELECT 6 * 7, @@hostname IS NOT NULL")).to.equal("42\t1");
    expect(await sql("SHOW DATABASES LIKE 'wordpress'")).to.equal("wordpress");
    expect(await sql("SHOW STATUS LIKE 'Ssl_version'")).to.match(/TLSv1\.[23]/);
  });

  it("refuses a connection without TLS, a wrong password, and packets of another group", async () => {
    expect(await sql("SELECT 1", { tls: false })).to.include(
      "Connections using insecure transport are prohibited",
    );
    expect(await sql("SELECT 1", { password: "wrong" })).to.include("Access denied");
    expect(await sql("SELECT 1", { from: "i-other" })).to.match(/Can't connect .*\((?:110|115|4)/);
  });

  it("gives the master user RDS's privileges: neither SUPER nor FILE", async () => {
    const grants = await sql("SHOW GRANTS");
    expect(grants).to.include("CREATE USER").and.to.include("WITH GRANT OPTION");
    expect(grants).not.to.match(/SUPER|FILE|SHUTDOWN|ALL PRIVILEGES/);
    expect(await sql("SET GLOBAL max_connections = 1")).to.include("Access denied");
    expect(await sql("SELECT LOAD_FILE('/etc/passwd')")).to.equal("NULL");
    expect(await sql("GRANT SUPER ON *.* TO wordpress")).to.include("Access denied");
    expect(await sql("SELECT user FROM mysql.user WHERE host = 'localhost' ORDER BY 1")).to.equal(
      "mariadb.sys\nrdsadmin",
    );
  });

  it("has RDS's limit of connections for its class, and at most 120 MiB of memory", async () => {
    expect(await sql("SELECT @@max_connections, @@performance_schema")).to.equal("30\t0");
    const memoryMiB = databases.status()[0]?.memoryMiB;
    console.log(`      ${memoryMiB} MiB PSS`);
    expect(memoryMiB).to.be.within(1, 120);
  });

  it("applies dynamic parameters at once and static ones at a reboot, and logs those it refuses", async () => {
    const parameters = {
      long_query_time: "7",
      max_connections: "{DBInstanceClassMemory/50331520}",
      innodb_open_files: "333",
      no_such_name: "1",
      datadir: "/tmp",
    };
    await set({ state: "modifying", parameters }, "available");
    const ask = "SELECT @@global.long_query_time, @@max_connections, @@innodb_open_files";
    expect(await sql(ask)).to.match(/^7\.0+\t15\t(?!333)\d+$/);
    await set({ state: "rebooting", reboots: 1, parameters }, "available");
    expect(await sql(ask)).to.match(/^7\.0+\t15\t333$/);
    const lines = reports.lines.join("\n");
    expect(lines).to.include("innodb_open_files is static: it applies at the next reboot");
    expect(lines).to.include("no_such_name: this MariaDB does not have it");
    expect(lines).to.include("datadir: RDS sets it itself");
    await set({ state: "modifying", reboots: 1 }, "available");
    expect(await sql("SELECT @@max_connections")).to.equal("30");
  });

  it("accepts only the new password after a rotation, and keeps open connections", async () => {
    await sql("CREATE TABLE wordpress.posts (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT) ENGINE=InnoDB");
    await sql("INSERT INTO wordpress.posts (text) VALUES ('first')");
    const open = sql("SELECT SLEEP(4), 'still open'");
    await waitForStatement("SELECT SLEEP(4)%");
    await set({ state: "resetting-master-credentials", reboots: 1, masterPassword: "second" }, "available");
    expect(await sql("SELECT 1")).to.include("Access denied");
    expect(await sql("SELECT 1", { password: "second" })).to.equal("1");
    expect(await open).to.include("still open");
    await set({ state: "resetting-master-credentials", reboots: 1 }, "available");
  });

  it("stops cleanly and starts with its data, when the password has changed meanwhile, too", async () => {
    await set({ state: "stopping", reboots: 1 }, "stopped");
    expect(await sql("SELECT 1")).to.include("Can't connect");
    expect(readFileSync(join(folder, "databases/db-AAAA/log/error.log"), "utf8")).to.include(
      "Shutdown complete",
    );
    await set({ state: "starting", reboots: 1, masterPassword: "third" }, "available");
    expect(await sql("SELECT text FROM wordpress.posts", { password: "third" })).to.equal("first");
    await set({ state: "modifying", reboots: 1 }, "available");
  });

  it("recovers by itself after kill -9, without the loss of a committed row", async () => {
    await sql("INSERT INTO wordpress.posts (text) VALUES ('committed')");
    const pid = databases.status()[0]?.pid ?? 0;
    expect(pid).to.be.greaterThan(1);
    process.kill(pid, "SIGKILL");
    await waitFor("MariaDB answers again", 60, async () =>
      (await sql("SELECT COUNT(*) FROM wordpress.posts")) === "2" ? true : undefined,
    );
    expect(reports.events.join("\n")).to.include("ended by itself (SIGKILL)");
  });

  it("drops connections in a failover, and answers again with all data", async () => {
    const open = sql("SELECT SLEEP(60)");
    await waitFor("the statement runs", 10, async () =>
      (await sql(
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(60)'",
      )) === "1"
        ? true
        : undefined,
    );
    await set({ state: "rebooting", reboots: 2, failovers: 1 }, "available");
    expect(await open).to.match(/Lost connection|gone away|error/i);
    expect(await sql("SELECT COUNT(*) FROM wordpress.posts")).to.equal("2");
  });

  it("restarts for another class, port or host name, and follows a change of its groups at once", async () => {
    const counts = { reboots: 2, failovers: 1 };
    await set({ ...counts, state: "modifying", instanceClass: "db.t4g.small" }, "available");
    expect(await sql("SELECT @@max_connections")).to.equal("75");
    expect(reports.events.at(-2)).to.include("MariaDB ended cleanly");
    const closed = networkInterface("subnet-a", "10.0.0.30", ["sg-efs"]);
    await set({ ...counts, state: "modifying", interface: closed }, "available");
    expect(await sql("SELECT 1")).to.match(/Can't connect .*\((?:110|115|4)/);
    await set({ ...counts, state: "modifying" }, "available");
    expect(await sql("SELECT COUNT(*) FROM wordpress.posts")).to.equal("2");
  });

  it("is unreachable while its network is cut, and then answers again, on open connections, too", async () => {
    const open = sql("SELECT SLEEP(2), 'still open'");
    await waitForStatement("SELECT SLEEP(2)%");
    await call("cut", first.id);
    expect(await sql("SELECT 1")).to.match(/Can't connect .*\((?:110|115|4)/);
    await call("restore", first.id);
    expect(await open).to.include("still open");
    expect(await sql("SELECT COUNT(*) FROM wordpress.posts")).to.equal("2");
  });

  it("has a snapshot with the data of one moment, which another database starts from", async () => {
    const counts = { reboots: 2, failovers: 1 };
    const snapshot = { id: "snap-1", databaseResourceId: first.resourceId, state: "creating" };
    await reach({ databases: [{ ...first, ...counts, state: "available" }], databaseSnapshots: [snapshot] });
    await waitFor("the snapshot", 60, () => (reports.count("snap-1", "available") === 1 ? true : undefined));
    const taken = { ...snapshot, state: "available" };
    await sql("INSERT INTO wordpress.posts (text) VALUES ('after the snapshot')");
    const restored = database({
      id: "restored",
      resourceId: "db-BBBB",
      fromSnapshotId: "snap-1",
      host: "restored.abc.us-east-1.rds.amazonaws.com",
      interface: networkInterface("subnet-b", "10.0.1.30", ["sg-database"]),
      masterPassword: "restored",
    });
    await reach({
      databases: [{ ...first, ...counts, state: "available" }, restored],
      databaseSnapshots: [taken],
    });
    await waitFor("the restored database", 60, () =>
      reports.count("restored", "available") === 1 ? true : undefined,
    );
    await clients.run([
      "sh",
      "-c",
      `sed "s/10.0.0.30/10.0.1.30/" /etc/hosts >/tmp/h && cat /tmp/h >/etc/hosts`,
    ]);
    await clients.run(["sh", "-c", `echo 10.0.1.30 ${restored.host} >>/etc/hosts`]);
    const answer = await clients.attempt(
      [
        ...["mariadb", "--no-defaults", `--host=${restored.host}`, "--user=wordpress", "--password=restored"],
        ...["--ssl-ca=/srv/clients/ca.pem", "--ssl-verify-server-cert", "--batch", "--skip-column-names"],
        ...["--execute", "SELECT COUNT(*) FROM wordpress.posts"],
      ],
      "",
      "i-web",
    );
    expect(answer.output.trim()).to.equal("2");
    await clients.run([
      "sh",
      "-c",
      `sed "s/10.0.1.30 wp/10.0.0.30 wp/" /etc/hosts >/tmp/h && cat /tmp/h >/etc/hosts`,
    ]);
    expect(await sql("SELECT COUNT(*) FROM wordpress.posts")).to.equal("3");
  });

  it("is deleted with its data", async () => {
    await set({ state: "deleting", reboots: 2, failovers: 1 }, "deleted");
    expect(existsSync(join(folder, "databases/db-AAAA"))).to.equal(false);
  });
});
