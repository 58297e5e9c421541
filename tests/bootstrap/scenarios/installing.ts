import { expect } from "chai";

import type { Lab } from "../lab/lab";
import { visit, waitForHealth } from "../lab/visit";
import { run, waitFor } from "../support/command";
import type { Report } from "../support/report";

/** The installing server loses its power in the middle of it. */
export async function killTheInstaller(lab: Lab, report: Report): Promise<void> {
  await report.check("an installer killed halfway: the next boot starts again and finishes", async () => {
    await lab.database.create("halfway");
    const server = await lab.server({ name: "halfway", index: 10, databaseName: "halfway" });
    server.boot();
    await waitFor("the installation is under way", 60, async () => {
      const state = await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install");
      return state === "installing" ? true : undefined;
    });
    await server.crash();
    expect(await lab.database.sql("SELECT state FROM halfway.wordpress_on_aws_install")).to.equal(
      "installing",
    );
    server.boot();
    await waitForHealth(server, 200, 60);
    expect(server.console).to.include("an earlier installation died halfway; starting again");
    expect(await lab.database.sql("SELECT COUNT(*) FROM halfway.wp_users")).to.equal("1");
    expect((await visit(server, "/")).status).to.equal(200);
    await server.remove();
    return undefined;
  });
  await report.check("a boot that is cut off, thrice, at other moments: the fourth serves", async () => {
    await lab.database.create("cutoff");
    const server = await lab.server({ name: "cutoff", index: 11, databaseName: "cutoff" });
    const moments = [/Starting .*wordpress-server/, /wrote .*zz-size/, /uploads are in place/];
    for (const moment of moments) {
      server.boot();
      const heard = server.console.length;
      await waitFor(`its console says ${String(moment)}`, 60, () =>
        moment.test(server.console.slice(heard)) ? true : undefined,
      );
      await server.crash();
      // The first boot has written this already.
      if (moment.source.includes("zz-size"))
        await run(["rm", "-f", `${server.root}/etc/php/8.4/fpm/pool.d/zz-size.conf`]);
    }
    server.boot();
    await waitForHealth(server, 200, 60);
    expect((await visit(server, "/")).status).to.equal(200);
    await server.remove();
    return undefined;
  });
}

/** The administrator's secret as the program makes it: without a value. */
export async function fillTheAdministratorsSecret(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "an empty administrator's secret: the installer fills it, once, and it opens",
    async () => {
      await lab.database.create("firstlogin");
      const secret = await lab.addEmptySecret("first-administrator");
      const settings = { ADMIN_SECRET_ARN: secret };
      const pair = await Promise.all(
        [12, 13].map((index) =>
          lab.server({ name: `first${index}`, index, databaseName: "firstlogin", settings }),
        ),
      );
      for (const server of pair) server.boot();
      await Promise.all(pair.map((server) => waitForHealth(server, 200, 120)));
      const { username, password } = await lab.readSecret(secret);
      expect(username).to.equal("admin");
      expect(password).to.match(/^[0-9a-f]{48}$/);
      for (const server of pair) {
        expect(server.console).not.to.include(password);
        const answer = await visit(server, "/wp-login.php", {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            // What the form's page sets, to see that the browser keeps cookies.
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

/** Ten sites at once, each by two servers that boot at the same moment. */
export async function bootTenPairs(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "two servers boot together, 10 times over: one installation and no error, every time",
    async () => {
      for (const half of [0, 5]) {
        const pairs = await Promise.all(
          [0, 1, 2, 3, 4].map(async (each) => {
            const pair = half + each;
            const databaseName = `pair${pair}`;
            await lab.database.create(databaseName);
            return await Promise.all(
              ["x", "y"].map((name, index) =>
                lab.server({ name: `${name}${pair}`, index: 40 + 2 * pair + index, databaseName }),
              ),
            );
          }),
        );
        for (const server of pairs.flat()) server.boot();
        for (const pair of pairs) {
          await Promise.all(pair.map((server) => waitForHealth(server, 200, 120)));
          const consoles = pair.map(({ console }) => console).join("\n");
          expect(consoles.match(/install: installed/g)).to.have.length(1);
          expect(consoles.match(/install: already installed/g)).to.have.length(1);
          expect(consoles).not.to.include("FATAL");
          await Promise.all(pair.map((server) => server.remove()));
        }
      }
      return undefined;
    },
  );
}
