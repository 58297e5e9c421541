import { expect } from "chai";

import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit, waitForHealth } from "../lab/visit";
import type { Report } from "../support/report";

/** Two servers that boot at the same time with an empty database. */
export async function bootTogether(lab: Lab, report: Report): Promise<readonly [Machine, Machine]> {
  report.section("Two servers boot at the same time");
  const [a, b] = await Promise.all([
    lab.server({ name: "a", index: 0 }),
    lab.server({ name: "b", index: 1 }),
  ]);
  const began = performance.now();
  a.boot();
  b.boot();
  await report.check("both become healthy", async () => {
    await Promise.all([waitForHealth(a, 200, 180), waitForHealth(b, 200, 180)]);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    report.measure("boot to healthy, two baked servers at once, site installed", `${seconds} s`);
    return `${seconds} s`;
  });
  await report.check("one server installs the site, and the other finds it installed", () => {
    const states = [a, b].map((server) => /wordpress-server install: (.*?)\r?\n/.exec(server.console)?.[1]);
    expect(states.sort()).to.deep.equal(["already installed", "installed"]);
    return undefined;
  });
  await report.check("no server responds before it is configured", () => {
    for (const { console } of [a, b]) {
      // At an image's first boot systemd enables all units that no preset disables.
      expect(console).to.include("First Boot Complete");
      const before = console.slice(0, console.indexOf("wordpress-server install:"));
      expect(before).not.to.match(/Start(?:ing|ed) .*(?:nginx|php8\.4-fpm)\.service/);
    }
    return undefined;
  });
  await report.check("both serve the front page", async () => {
    for (const server of [a, b]) {
      const page = await visit(server, "/");
      expect(page.status).to.equal(200);
      expect(page.text).to.include("<title>Lab site");
    }
    return undefined;
  });
  return [a, b];
}
