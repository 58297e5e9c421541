import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Lab } from "../lab/lab";
import { visit, waitForHealth } from "../lab/visit";
import type { Report } from "../support/report";

/** Plain Debian makes an image of itself, as the builder on EC2 does, and a server starts from it. */
export async function buildAnImage(lab: Lab, report: Report): Promise<void> {
  await report.check(
    "a builder bakes, tests itself, powers off, and a server of its image serves",
    async () => {
      const builder = await lab.builder("builder", 14);
      builder.boot();
      await builder.waitForPowerOff(300);
      expect(builder.console).to.include("wordpress-server self-test: passed");
      expect(builder.console).to.include("the image is ready; powering off");
      const left = (path: string): string => join(builder.root, path);
      expect(existsSync(left("etc/ssh/ssh_host_rsa_key"))).to.equal(false);
      expect(existsSync(left("var/lib/cloud/instance"))).to.equal(false);
      expect(readFileSync(left("etc/machine-id"), "utf8").trim()).to.match(/^(uninitialized)?$/);

      await lab.database.create("built");
      const server = await lab.server({
        name: "built",
        index: 15,
        image: lab.imageOf(builder),
        databaseName: "built",
      });
      server.boot();
      await waitForHealth(server, 200, 120);
      expect((await visit(server, "/")).status).to.equal(200);
      await server.remove();
      await builder.remove();
      return undefined;
    },
  );
}
