import { expect } from "chai";

import { run } from "../../../localAws/live/command";
import { site } from "../lab/addresses";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit, waitForHealth } from "../lab/visit";
import type { Report } from "../support/report";

interface Throughput {
  readonly requestsPerSecond: number;
  readonly medianMilliseconds: number;
}

/** @param connections visitors who request the next page at once */
async function throughput(server: Machine, connections: number, seconds: number): Promise<Throughput> {
  await visit(server, "/");
  const output = await run([
    ...["wrk", "--threads", "1", "--connections", String(connections), "--duration", `${seconds}s`],
    ...["--latency", "--timeout", "20s", "--header", `Host: ${site}`, "--header", "X-Forwarded-Proto: https"],
    `http://${server.address}/`,
  ]);
  const [, perSecond = ""] = /Requests\/sec:\s+([\d.]+)/.exec(output) ?? [];
  const [, median = "", unit = ""] = /50%\s+([\d.]+)(us|ms|s)/.exec(output) ?? [];
  expect(output).not.to.include("Non-2xx");
  const milliseconds = { us: 0.001, ms: 1, s: 1_000 }[unit] ?? Number.NaN;
  return { requestsPerSecond: Number(perSecond), medianMilliseconds: Number(median) * milliseconds };
}

/** Configures Debian's defaults: no page cache, and Debian's own PHP settings. */
async function withDebianDefaults(server: Machine): Promise<void> {
  await server.run("sed", "--in-place", "/fastcgi_cache/d", "/etc/nginx/sites-available/wordpress");
  await server.run(
    "sh",
    "-c",
    "printf '[wordpress]\\npm.max_children = 5\\n' >/etc/php/8.4/fpm/pool.d/zz-size.conf",
  );
  await server.run("rm", "/etc/php/8.4/fpm/conf.d/99-wordpress.ini");
  await server.run("systemctl", "restart", "php8.4-fpm.service", "nginx.service");
}

/** Measures the front page with the program's settings and with Debian's, on the same server. */
export async function measurePages(report: Report, a: Machine): Promise<void> {
  report.section("The front page: the program's settings and Debian's, on the same server");
  await report.checkTime(
    "a cached page within 5 ms at the median",
    () => throughput(a, 1, 1),
    ({ medianMilliseconds }) => {
      report.measure(
        "front page, program's settings, one visitor",
        `median ${medianMilliseconds.toFixed(2)} ms`,
      );
      expect(medianMilliseconds).to.be.lessThan(5);
      return `${medianMilliseconds.toFixed(2)} ms`;
    },
  );
  await report.check("at least 200 times as many pages as with Debian's defaults", async () => {
    const ours = await throughput(a, 8, 2);
    await withDebianDefaults(a);
    const debian = await throughput(a, 8, 3);
    report.measure("front page, program's settings", `${ours.requestsPerSecond.toFixed(0)} a second`);
    report.measure("front page, Debian's defaults", `${debian.requestsPerSecond.toFixed(1)} a second`);
    const factor = ours.requestsPerSecond / debian.requestsPerSecond;
    expect(factor).to.be.greaterThan(200);
    return `${factor.toFixed(0)} times`;
  });
}

/** Boots one more server of the main site while nothing else runs. */
async function bootAlone(lab: Lab, image: "stock" | "baked"): Promise<number> {
  const server = await lab.server({ name: `alone-${image}`, index: 12, image, diskMiB: 2_048 });
  const began = performance.now();
  server.boot();
  await waitForHealth(server, 200, 600);
  const seconds = (performance.now() - began) / 1_000;
  const page = await visit(server, "/");
  expect(page.status).to.equal(200);
  expect(page.text).to.include("<title>Lab site").and.not.to.include("<?php");
  await server.remove();
  return seconds;
}

/** Compares the boot of a golden image with the same server from plain Debian. */
export async function measureBoots(lab: Lab, report: Report): Promise<void> {
  report.section("Boot to healthy: a baked image and plain Debian");
  await report.checkTime(
    "a baked image boots in at most a tenth of plain Debian's time",
    async () => {
      const before = await bootAlone(lab, "baked");
      const stock = await bootAlone(lab, "stock");
      const baked = [before, await bootAlone(lab, "baked"), await bootAlone(lab, "baked")];
      const [, median = Number.NaN] = baked.sort((one, other) => one - other);
      return { stock, baked: median };
    },
    ({ stock, baked }) => {
      report.measure("boot to healthy, baked, median of 3", `${baked.toFixed(1)} s`);
      report.measure("boot to healthy, plain Debian (packages from a local proxy)", `${stock.toFixed(1)} s`);
      expect(stock / baked).to.be.at.least(10);
      return `${baked.toFixed(1)} s and ${stock.toFixed(1)} s: ${(stock / baked).toFixed(0)} times`;
    },
    // Plain Debian boots slowly.
    2,
  );
}
