import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { waitFor } from "../../../localAws/live/command";
import { put } from "../../../localAws/live/images/layer";
import { Authority } from "../../../localAws/live/services/authority";
import { addresses, fileSystemHost, region, site } from "../lab/addresses";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { withSettings } from "../lab/userData";
import { visit, waitForHealth } from "../lab/visit";
import { labFolder } from "../support/folders";
import type { Report } from "../support/report";

const databaseName = "bad";
const settingsFile = "etc/wordpress-on-aws/settings.env";
const authorityFile = "etc/wordpress-on-aws/database-ca.pem";
const noSecret = `arn:aws:secretsmanager:${region}:123456789012:secret:rds!db-none-AbCdEf`;

/** @returns the line of the console that matches, from this position on */
async function waitForConsole(machine: Machine, pattern: RegExp, since = 0): Promise<string> {
  return await waitFor(`its console has ${String(pattern)}`, 300, () => {
    const output = machine.console.slice(since);
    const [match] = pattern.exec(output) ?? [];
    if (match === undefined) return undefined;
    const end = output.indexOf(match) + match.length;
    const line = output.slice(output.lastIndexOf("\n", end - 1) + 1).split("\n")[0] ?? "";
    return line.replace(/^.*(?=wordpress-server )/, "").trim();
  });
}

/** Checks that a misconfigured server does not serve. */
async function refuses(machine: Machine): Promise<void> {
  const answer = await visit(machine, "/").catch((error: unknown) => String(error));
  expect(answer).to.match(/ECONNREFUSED/);
}

interface Case {
  readonly what: string;
  readonly pattern: RegExp;
  readonly settings?: Readonly<Record<string, string>>;
  /** PEM, in place of the certificate authority of the database. */
  readonly authority?: string;
}

const wrongSettings = {
  what: "wrong settings: the message names all of them",
  pattern: /SITE_URL is "ftp:\/\/x".*UPLOADS is "no where".*FATAL: wrong settings/s,
  settings: { SITE_URL: "ftp://x", UPLOADS: "no where" },
};

/** Mistakes of a user, one after the other on one server, which tries again as its systemd unit does. */
async function laterCases(lab: Lab): Promise<readonly Case[]> {
  const stranger = await Authority.open(join(labFolder, "stranger"));
  const wrongPassword = await lab.addSecret("wrong", { username: "others", password: "wrong" });
  return [
    {
      what: "a secret that cannot be read",
      pattern:
        /FATAL: Secrets Manager, asked for \S+rds!db-none\S+ answered 4\d\d \(ResourceNotFoundException/,
      settings: { DATABASE_SECRET_ARN: noSecret },
    },
    {
      what: "a secret with a wrong password",
      pattern: /FATAL: the database at \S+ refuses the user and password of the secret/,
      settings: { DATABASE_SECRET_ARN: wrongPassword },
    },
    {
      what: "no database at the address",
      pattern: /FATAL: no connection to the database at \S+: Connection refused/,
      settings: { DATABASE_ADDRESS: fileSystemHost, DATABASE_PORT: "3307" },
    },
    {
      what: "a database whose certificate is from an unknown authority",
      pattern: /FATAL: no connection to the database at \S+: .*SSL/,
      authority: stranger.certificate,
    },
  ];
}

/** A server with wrong settings at its first boot, then other mistakes, then correct settings. */
export async function bootWithWrongSettings(lab: Lab, report: Report): Promise<void> {
  const { what, pattern, settings } = wrongSettings;
  const server = await lab.server({ name: "bad", index: 20, databaseName, settings });
  await report.check(what, async () => {
    await lab.database.create(databaseName);
    server.boot();
    const words = await waitForConsole(server, pattern);
    await refuses(server);
    return words;
  });
  const file = (path: string): string => readFileSync(join(server.root, path), "utf8");
  const right = {
    settings: withSettings(file(settingsFile), { SITE_URL: `https://${site}`, UPLOADS: fileSystemHost }),
    authority: file(authorityFile),
  };
  const configure = async (settings: string, authority: string): Promise<number> => {
    const since = server.console.length;
    put(server.root, settingsFile, settings);
    put(server.root, authorityFile, authority);
    await server.run("systemctl", "restart", "--no-block", "wordpress-server.service");
    return since;
  };
  for (const each of await laterCases(lab)) {
    await report.check(each.what, async () => {
      const settings = withSettings(right.settings, each.settings ?? {});
      const since = await configure(settings, each.authority ?? right.authority);
      const words = await waitForConsole(server, each.pattern, since);
      await refuses(server);
      return words;
    });
  }
  await report.check("the same server serves when its settings are correct", async () => {
    await configure(right.settings, right.authority);
    await waitForHealth(server, 200, 300);
    await server.remove();
    return undefined;
  });
}

/** The certificate at the uploads' address names another file system. */
export async function bootWithWrongUploadsCertificate(lab: Lab, report: Report): Promise<void> {
  await report.check("an uploads address whose certificate names another file system", async () => {
    const settings = { UPLOADS: "other.lab.test" };
    const server = await lab.server({ name: "uploads", index: 21, databaseName, settings });
    put(server.root, "etc/hosts", `${server.hosts}${addresses.fileSystem} other.lab.test\n`);
    server.boot();
    const words = await waitForConsole(server, /FATAL: uploads: other\.lab\.test could not be mounted/);
    await refuses(server);
    await server.remove();
    return words;
  });
}

/** The server's time limit for a hanging mount is long. @returns a later check that the server gave up */
export async function bootWithHangingMount(lab: Lab): Promise<(report: Report) => Promise<void>> {
  const server = await lab.server({ name: "hanging", index: 22, databaseName });
  put(server.root, "usr/sbin/mount.nfs4", "#!/bin/sh\nexec sleep 1000\n", 0o755);
  server.boot();
  return async (report) => {
    await report.check("a mount that hangs", async () => {
      const words = await waitForConsole(server, /FATAL: uploads: \S+ could not be mounted/);
      await refuses(server);
      await server.remove();
      return words;
    });
  };
}
