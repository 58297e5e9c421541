import { expect } from "chai";

import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import type { Report } from "../support/report";

/** Repeated steps, and steps that only one server may run. */
export async function repeatSteps(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  report.section("Repeated steps, and steps that only one server may run");
  await report.check("configuring a configured server changes nothing and restarts nothing", async () => {
    const pids = () =>
      a.run("systemctl", "show", "--property=MainPID", "nginx.service", "php8.4-fpm.service");
    const before = await pids();
    const { output } = await a.attempt("wordpress-server", "configure");
    expect(output).not.to.include("wrote");
    expect(await pids()).to.equal(before);
    return undefined;
  });
  await report.check("a newer image upgrades the schema, once", async () => {
    await lab.database.sql(
      "UPDATE wordpress.wp_options SET option_value = 1 WHERE option_name = 'db_version'",
    );
    const attempts = await Promise.all([a, b].map((each) => each.attempt("wordpress-server", "configure")));
    const upgrades = attempts.filter(({ output }) => output.includes("upgraded the schema"));
    expect(upgrades).to.have.length(1);
    return undefined;
  });
  await report.check("only the server with the lock runs scheduled events", async () => {
    const events = () =>
      lab.database.sql("SELECT option_value FROM wordpress.wp_options WHERE option_name = 'cron'");
    // Runs first: a server's timer may fire soon and run the due events.
    const release = await lab.database.holdLock("wordpress-cron:wordpress");
    await lab.database.sql(
      `UPDATE wordpress.wp_options SET option_value = REGEXP_REPLACE(option_value, 'i:[0-9]{10};a:', 'i:1700000000;a:') WHERE option_name = 'cron'`,
    );
    const due = await events();
    await a.run("systemctl", "start", "wordpress-cron.service");
    expect(await events()).to.equal(due);
    await release();
    await a.run("systemctl", "start", "wordpress-cron.service");
    expect(await events()).not.to.equal(due);
    return undefined;
  });
}
