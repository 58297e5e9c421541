import { expect } from "chai";

import { put } from "../images/layer";
import { fileSystemHost, region, site } from "../lab/addresses";
import { makeAuthority } from "../lab/authority";
import { databaseUser, type Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit } from "../lab/visit";
import { waitFor } from "../support/command";
import type { Report } from "../support/report";

interface Case {
  readonly name: string;
  readonly what: string;
  /** What its console has to say. */
  readonly says: RegExp;
  readonly server: (index: number) => Promise<Machine>;
}

const noSecret = `arn:aws:secretsmanager:${region}:123456789012:secret:rds!db-none-AbCdEf`;

async function cases(lab: Lab): Promise<readonly Case[]> {
  const stranger = await makeAuthority("Stranger");
  const wrongPassword = await lab.addSecret("wrong", { username: databaseUser, password: "wrong" });
  const withSettings = (name: string, settings: Readonly<Record<string, string>>) => (index: number) =>
    lab.server({ name, index, settings });
  return [
    {
      name: "settings",
      what: "settings that are wrong, all of them named",
      says: /SITE_URL is "ftp:\/\/x".*UPLOADS is "no where".*FATAL: wrong settings/s,
      server: withSettings("settings", { SITE_URL: "ftp://x", UPLOADS: "no where" }),
    },
    {
      name: "nosecret",
      what: "a secret that cannot be read",
      says: /FATAL: Secrets Manager, asked for \S+rds!db-none\S+ answered 4\d\d \(ResourceNotFoundException/,
      server: withSettings("nosecret", { DATABASE_SECRET_ARN: noSecret }),
    },
    {
      name: "password",
      what: "a secret with a wrong password",
      says: /FATAL: the database at \S+ refuses the user and password of the secret/,
      server: withSettings("password", { DATABASE_SECRET_ARN: wrongPassword }),
    },
    {
      name: "address",
      what: "no database at the address",
      says: /FATAL: no connection to the database at \S+: /,
      server: withSettings("address", { DATABASE_ADDRESS: site, DATABASE_PORT: "3307" }),
    },
    {
      name: "spoofed",
      what: "a database whose certificate a stranger has signed",
      says: /FATAL: no connection to the database at \S+: /,
      server: (index) => lab.server({ name: "spoofed", index, databaseAuthority: stranger.certificate }),
    },
    {
      name: "uploads",
      what: "an uploads address whose certificate names another file system",
      says: /FATAL: uploads: other\.lab\.test could not be mounted/,
      server: async (index) => {
        const machine = await lab.server({ name: "uploads", index, settings: { UPLOADS: "other.lab.test" } });
        put(machine.root, "etc/hosts", machine.hosts.replace(fileSystemHost, "other.lab.test"));
        return machine;
      },
    },
    {
      name: "hanging",
      what: "a mount that hangs",
      says: /FATAL: uploads: \S+ could not be mounted/,
      server: async (index) => {
        const machine = await lab.server({ name: "hanging", index });
        put(machine.root, "usr/sbin/mount.nfs4", "#!/bin/sh\nexec sleep 1000\n", 0o755);
        return machine;
      },
    },
  ];
}

/** Servers that must not serve, switched on. @returns what proves, later, that they do not */
export async function bootBadServers(lab: Lab): Promise<(report: Report) => Promise<void>> {
  const all = await Promise.all(
    (await cases(lab)).map(async (each, index) => ({ ...each, machine: await each.server(20 + index) })),
  );
  for (const { machine } of all) machine.boot();
  return async (report) => {
    report.section("Bad input: a clear line on the console, and no page");
    for (const { what, says, machine } of all) {
      await report.check(what, async () => {
        await waitFor(`its console says ${String(says)}`, 90, () =>
          says.test(machine.console) ? true : undefined,
        );
        const answer = await visit(machine, "/").catch((error: unknown) => String(error));
        expect(answer).to.match(/ECONNREFUSED/);
        const line = machine.console.split("\n").find((each) => each.includes("FATAL:")) ?? "";
        await machine.remove();
        return line.replace(/^.*(?=wordpress-server )/, "").trim();
      });
    }
  };
}
