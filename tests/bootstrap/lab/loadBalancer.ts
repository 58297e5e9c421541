import { connect } from "node:net";
import { join } from "node:path";

import { healthCheck } from "../../../components/wordpressFleet/healthCheck";
import { put, type Image } from "../images/layer";
import { run, waitFor } from "../support/command";
import { addresses } from "./addresses";
import type { Certificate } from "./authority";
import { startInside } from "./infra";
import { plugIn } from "./network";
import { chrooted, makeRoot } from "./root";

/** A target of the load balancer. */
export interface Target {
  readonly name: string;
  readonly address: string;
}

/** How much faster than the target group the quick door asks for health. */
export const quickness = 5;

/**
 * The same servers behind two doors. Both have the target group's thresholds and timeout; `real` asks at its very
 * interval, `quick` at a fifth of it, so that the lab need not wait for what has nothing to do with it.
 */
export const doors = { quick: 443, real: 8443 } as const;
export type Door = keyof typeof doors;

function backend(door: Door, targets: readonly Target[]): string {
  const interval = healthCheck.interval / (door === "quick" ? quickness : 1);
  const { path, matcher, timeout, unhealthyThreshold, healthyThreshold } = healthCheck;
  return `frontend ${door}-https
  bind :${doors[door]} ssl crt /etc/haproxy/lab.pem
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Port 443
  option forwardfor
  default_backend ${door}
backend ${door}
  balance roundrobin
  option httpchk
  http-check send meth GET uri ${path} ver HTTP/1.1 hdr Host target
  http-check expect status ${matcher}
  timeout check ${timeout}s
  default-server check inter ${interval}s fall ${unhealthyThreshold} rise ${healthyThreshold}
${targets.map(({ name, address }) => `  server ${name} ${address}:80\n`).join("")}`;
}

/**
 * HAProxy as the load balancer: TLS ends there, HTTP is sent to HTTPS, and targets are asked for their health. It
 * tries nothing twice, as AWS's does not, so a failure of a server is a failure that a visitor sees.
 */
export class LabLoadBalancer {
  private constructor(private readonly root: string) {}

  static async make(
    image: Image,
    certificate: Certificate,
    targets: readonly Target[],
  ): Promise<LabLoadBalancer> {
    const root = await makeRoot("balancer", image, 64);
    await plugIn("balancer", addresses.loadBalancer);
    put(root, "etc/haproxy/lab.pem", certificate.certificate + certificate.key, 0o600);
    put(
      root,
      "etc/haproxy/lab.cfg",
      `global
  stats socket /run/lab.sock mode 600 level admin
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
  option http-keep-alive
  retries 0
frontend http
  bind :80
  http-request redirect scheme https code 301
${backend("quick", targets)}${backend("real", targets)}`,
    );
    await run(chrooted(root, ["haproxy", "-c", "-q", "-f", "/etc/haproxy/lab.cfg"]));
    startInside("balancer", root, ["haproxy", "-db", "-f", "/etc/haproxy/lab.cfg"]);
    const balancer = new LabLoadBalancer(root);
    await waitFor("HAProxy answers", 10, () => balancer.command("show info"));
    return balancer;
  }

  /** The targets that get visitors now, in order of their names. */
  async healthy(door: Door = "quick"): Promise<readonly string[]> {
    const rows = await this.rows();
    // "UP 1/2" has failed once, and still gets visitors.
    return rows.filter((row) => row.door === door && /^UP\b/.test(row.status)).map(({ name }) => name);
  }

  async waitForHealthy(names: readonly string[], door: Door = "quick", seconds = 60): Promise<void> {
    const wanted = names.join(", ");
    await waitFor(`healthy targets are ${wanted}`, seconds, async () => {
      const now = (await this.healthy(door)).join(", ");
      if (now === wanted) return true;
      throw new Error(`they are: ${now}`);
    });
  }

  /** Until visitors are no longer sent to a target. */
  async waitUntilOut(name: string): Promise<void> {
    await waitFor(`${name} gets no visitors`, 60, async () =>
      (await this.healthy()).includes(name) ? undefined : true,
    );
  }

  /** As deregistration does: no new requests, and open ones may end. @returns when they have */
  async drain(name: string): Promise<void> {
    for (const door of Object.keys(doors)) await this.command(`set server ${door}/${name} state drain`);
    await waitFor(`${name} has answered its last request`, 30, async () =>
      (await this.rows()).some((row) => row.name === name && row.openRequests > 0) ? undefined : true,
    );
  }

  async ready(name: string): Promise<void> {
    for (const door of Object.keys(doors)) await this.command(`set server ${door}/${name} state ready`);
  }

  private async rows() {
    const [header = "", ...lines] = (await this.command("show stat")).split("\n");
    const columns = header.replace("# ", "").split(",");
    const column = (line: string, name: string): string => line.split(",")[columns.indexOf(name)] ?? "";
    return lines
      .map((line) => ({
        door: column(line, "pxname"),
        name: column(line, "svname"),
        status: column(line, "status"),
        openRequests: Number(column(line, "scur")),
      }))
      .filter(({ name }) => name !== "FRONTEND" && name !== "BACKEND");
  }

  private async command(line: string): Promise<string> {
    return await new Promise((resolve, reject) => {
      const socket = connect(join(this.root, "run/lab.sock"));
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk.toString();
      });
      socket.once("error", reject);
      socket.once("end", () => {
        resolve(answer.trim());
      });
      socket.write(`${line}\n`);
    });
  }
}
