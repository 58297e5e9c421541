import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { cached, isCached } from "../../../localAws/live/images/layer";
import type { Lab } from "../lab/lab";
import type { Report } from "../support/report";

/**
 * Bakes as the program does: a builder with exactly the program's user data bakes, tests itself and powers off. Only
 * then does its disk become the image. The same content is not baked again. Every server of this run starts from the
 * image.
 */
export async function bakeImage(lab: Lab, report: Report): Promise<void> {
  report.section("The golden image");
  await report.check("a builder bakes, tests itself, removes its own data, and powers off", async () => {
    const isThere = isCached("baked", lab.bakedKey);
    const layer = await cached("baked", lab.bakedKey, console.log, async (folder) => {
      const builder = await lab.builder(99);
      builder.boot();
      await builder.waitForPowerOff(300);
      expect(builder.console).to.include("wordpress-server self-test: passed");
      expect(builder.console).to.include("the image is ready; powering off");
      const left = (path: string): string => join(builder.root, path);
      expect(existsSync(left("etc/ssh/ssh_host_rsa_key"))).to.equal(false);
      expect(existsSync(left("var/lib/cloud/instance"))).to.equal(false);
      expect(readFileSync(left("etc/machine-id"), "utf8").trim()).to.match(/^(uninitialized)?$/);
      await builder.disk.copyTo(folder);
      await builder.remove();
    });
    lab.useBaked(layer);
    return isThere ? "an image with the same content exists, so nothing is baked" : undefined;
  });
}
