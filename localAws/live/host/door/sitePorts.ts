import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../../cli/failure";
import { parseJson, z } from "../../../../cli/json";

const portsSchema = z.record(z.string(), z.int());

/** The port of each site by its load balancer's ARN. A file keeps them when the host process is killed. */
export class SitePorts {
  private ports: Readonly<Record<string, number>>;

  constructor(private readonly file: string) {
    this.ports = parseJson(portsSchema, textOf(file)) ?? {};
  }

  /** The port that the site had; undefined for a new site. */
  of(loadBalancerArn: string): number | undefined {
    return this.ports[loadBalancerArn];
  }

  /** Replaces all of them. */
  keep(ports: Readonly<Record<string, number>>): void {
    this.ports = ports;
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(ports));
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}
