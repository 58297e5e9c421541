import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../../localAws/live/images/folders";
import { keyOf } from "../../localAws/live/images/layer";

/** The hash of the rig's own sources and of the live region's, which it uses. */
function rigHash(): string {
  const hash = createHash("sha256");
  for (const folder of [__dirname, join(__dirname, "../../localAws/live")]) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /(?<!\.spec)\.ts$/.test(name),
    );
    for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex");
}

/**
 * Records whether the same content has passed the whole proof on this machine, so that the next run may skip
 * repetitions.
 */
export class Proof {
  private readonly file: string;

  constructor(imageKeys: readonly string[]) {
    this.file = join(cacheFolder, `proven-${keyOf(rigHash(), ...imageKeys)}`);
  }

  /** The time when it passed. */
  get passedAt(): string | undefined {
    return existsSync(this.file) ? readFileSync(this.file, "utf8") : undefined;
  }

  keep(): void {
    writeFileSync(this.file, new Date().toISOString());
  }
}
