import { expect } from "chai";

import { run, waitFor } from "../../../localAws/live/command";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit, waitForHealth } from "../lab/visit";
import type { Report } from "../support/report";

/** The installing server loses its power during the installation. */
export async function killInstaller(lab: Lab, report: Report): Promise<void> {
  await report.check("an installer killed halfway: the next boot starts again and finishes", async () => {
    await lab.database.create("halfway");
    const server = await lab.server({ name: "halfway", index: 10, databaseName: "halfway" });
    server.boot();
    await waitFor("the installation is in progress", 180, async () => {
      const state = await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install");
      return state === "installing" ? true : undefined;
    });
    await server.crash();
    expect(await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install")).to.equal(
      "installing",
    );
    server.boot();
    await waitForHealth(server, 200, 180);
    expect(server.console).to.include("an earlier installation died halfway; starting again");
    expect(await lab.database.sql("SELECT COUNT(*) FROM halfway.wp_users")).to.equal("1");
    expect((await visit(server, "/")).status).to.equal(200);
    await server.remove();
    return undefined;
  });
}

/** A server loses its power in three boots. */
export async function interruptBoots(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "a boot that is interrupted three times, at different steps: the fourth boot serves",
    async () => {
      await lab.database.create("cutoff");
      const server = await lab.server({ name: "cutoff", index: 11, databaseName: "cutoff" });
      const moments = [/Starting .*wordpress-server/, /wrote .*zz-size/, /uploads are in place/];
      for (const moment of moments) {
        server.boot();
        const heard = server.console.length;
        await waitFor(`its console has ${String(moment)}`, 180, () =>
          moment.test(server.console.slice(heard)) ? true : undefined,
        );
        await server.crash();
        // The first boot has already written this file.
        if (moment.source.includes("zz-size"))
          await run(["rm", "-f", `${server.root}/etc/php/8.4/fpm/pool.d/zz-size.conf`]);
      }
      server.boot();
      await waitForHealth(server, 200, 180);
      expect((await visit(server, "/")).status).to.equal(200);
      await server.remove();
      return undefined;
    },
  );
}

/** The administrator's secret as the program creates it: without a value. */
export async function fillAdministratorSecret(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "an empty administrator's secret: the installation writes its value once, and the login works",
    async () => {
      const secret = await lab.addEmptySecret("first-administrator");
      const pair = await bootPair(lab, "first", 14, { databaseName: "firstlogin", adminSecretArn: secret });
      const { username, password } = await lab.readSecret(secret);
      expect(username).to.equal("admin");
      expect(password).to.match(/^[0-9a-f]{48}$/);
      for (const server of pair) {
        expect(server.console).not.to.include(password);
        const answer = await visit(server, "/wp-login.php", {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            // The login page sets this cookie to check that the browser accepts cookies.
            cookie: "wordpress_test_cookie=WP%20Cookie%20check",
          },
          body: new URLSearchParams({ log: username, pwd: password }).toString(),
        });
        expect(answer.status).to.equal(302);
        expect(answer.headers["set-cookie"]?.join()).to.include("wordpress_logged_in_");
        await server.remove();
      }
      return undefined;
    },
  );
}

/** Boots two servers of a site at the same time. Resolves when both are healthy. */
async function bootPair(
  lab: Lab,
  name: string,
  index: number,
  options: { readonly databaseName: string; readonly adminSecretArn?: string },
): Promise<readonly Machine[]> {
  await lab.database.create(options.databaseName);
  const pair = await Promise.all(
    [0, 1].map((each) => lab.server({ ...options, name: `${name}${each}`, index: index + each })),
  );
  for (const server of pair) server.boot();
  await Promise.all(pair.map((server) => waitForHealth(server, 200, 300)));
  return pair;
}

/** The number of pairs that boot together in a whole run. */
export const pairs = 10;

/** One pair of the ten. */
export async function bootOnePair(lab: Lab, report: Report, number: number): Promise<void> {
  await report.check(
    `two servers boot together, time ${number} of ${pairs}: one installation and no error`,
    async () => {
      const pair = await bootPair(lab, `pair${number}-`, 40 + 2 * number, { databaseName: `pair${number}` });
      const consoles = pair.map(({ console }) => console).join("\n");
      expect(consoles.match(/install: installed/g)).to.have.length(1);
      expect(consoles.match(/install: already installed/g)).to.have.length(1);
      expect(consoles).not.to.include("FATAL");
      await Promise.all(pair.map((server) => server.remove()));
      return undefined;
    },
  );
}
