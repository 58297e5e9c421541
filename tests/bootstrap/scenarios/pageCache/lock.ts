import { expect } from "chai";

import type { Machine } from "../../lab/machine";
import { visit } from "../../lab/visit";
import type { Report } from "../../support/report";

const visitors = 12;

async function together(server: Machine, path: string) {
  return await Promise.all(Array.from({ length: visitors }, () => visit(server, path)));
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1_000, result };
}

/** Tests which requests wait for others. */
export async function lockOnlyWhatIsShared(report: Report, a: Machine): Promise<void> {
  report.section("The page cache: which requests wait for others");
  for (const path of ["/wp-login.php", "/wp-json/wp/v2/posts", "/?s=hello", "/?probe=private&together"]) {
    await report.checkTime(
      `${visitors} simultaneous requests for a page that is not shared do not wait for each other: ${path}`,
      async () => {
        await visit(a, path);
        const one = await timed(async () => {
          for (let time = 0; time < 4; time += 1) await visit(a, path);
        });
        const all = await timed(() => together(a, path));
        // The page is not looked up in the cache, so there is no lock, even on a busy machine.
        const cache = new Set(all.result.map(({ headers }) => headers["x-page-cache"]));
        expect([...cache]).to.deep.equal(["BYPASS"]);
        return { one: one.seconds / 4, all: all.seconds };
      },
      ({ one, all }) => {
        report.measure(
          `${visitors} visitors at once of ${path}`,
          `${all.toFixed(2)} s; one ${one.toFixed(2)} s`,
        );
        // Each request needs processor time. With a lock, each would wait half a second.
        expect(all).to.be.lessThan(Math.max(visitors * one * 2, 0.5));
        return `${all.toFixed(2)} s; one takes ${one.toFixed(2)} s`;
      },
    );
  }
  await report.check(
    `${visitors} simultaneous requests for a shared page that is not cached: PHP runs once`,
    async () => {
      const pages = await together(a, "/?probe=stampede");
      const runs = pages.map(({ text }) => /run ([0-9a-f]+)/.exec(text)?.[1]);
      expect(new Set(runs).size).to.equal(1);
      expect(pages.filter(({ headers }) => headers["x-page-cache"] === "MISS")).to.have.length(1);
      return undefined;
    },
  );
}
