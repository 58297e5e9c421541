import { connect } from "node:net";
import { join } from "node:path";

import { healthCheck } from "../../../components/wordpressFleet/healthCheck";
import { run, waitFor } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { put } from "../../../localAws/live/images/layer";
import type { Certificate } from "../../../localAws/live/services/authority";
import { addresses } from "./addresses";
import { startInside } from "./infra";
import { plugIn } from "./network";
import { chrooted, makeRoot } from "./root";

/** A target of the load balancer. */
export interface Target {
  readonly name: string;
  readonly address: string;
}

/** The factor by which the quick frontend's health checks are more frequent than the target group's. */
export const quickness = 5;

/**
 * The same servers behind two frontends. Both have the target group's thresholds and timeout. `real` checks health at
 * the target group's interval, `quick` at a fifth of it, so that checks of other behaviour wait less.
 */
export const frontends = { quick: 443, real: 8443 } as const;
export type Frontend = keyof typeof frontends;

function backend(frontend: Frontend, targets: readonly Target[]): string {
  const interval = healthCheck.interval / (frontend === "quick" ? quickness : 1);
  const { path, matcher, timeout, unhealthyThreshold, healthyThreshold } = healthCheck;
  return `frontend ${frontend}-https
  bind :${frontends[frontend]} ssl crt /etc/haproxy/lab.pem
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Port 443
  option forwardfor
  default_backend ${frontend}
backend ${frontend}
  balance roundrobin
  option httpchk
  http-check send meth GET uri ${path} ver HTTP/1.1 hdr Host target
  http-check expect status ${matcher}
  timeout check ${timeout}s
  default-server check inter ${interval}s fall ${unhealthyThreshold} rise ${healthyThreshold}
${targets.map(({ name, address }) => `  server ${name} ${address}:80\n`).join("")}`;
}

/**
 * HAProxy as the load balancer: it terminates TLS, redirects HTTP to HTTPS, and checks the targets' health. Like
 * AWS's, it retries no request, so a visitor sees each failure of a server.
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

  /** The targets that receive requests now, sorted by name. */
  async healthy(frontend: Frontend = "quick"): Promise<readonly string[]> {
    const rows = await this.rows();
    // "UP 1/2" has failed one check, and still receives requests.
    return rows
      .filter((row) => row.frontend === frontend && /^UP\b/.test(row.status))
      .map(({ name }) => name);
  }

  async waitForHealthy(names: readonly string[], frontend: Frontend = "quick", seconds = 60): Promise<void> {
    const wanted = names.join(", ");
    await waitFor(`healthy targets are ${wanted}`, seconds, async () => {
      const now = (await this.healthy(frontend)).join(", ");
      if (now === wanted) return true;
      throw new Error(`they are: ${now}`);
    });
  }

  /** Waits until a target receives no more requests. */
  async waitUntilOut(name: string): Promise<void> {
    await waitFor(`${name} receives no requests`, 60, async () =>
      (await this.healthy()).includes(name) ? undefined : true,
    );
  }

  /** Drains a target as deregistration does: no new requests, and open ones may finish. Resolves when they have. */
  async drain(name: string): Promise<void> {
    for (const frontend of Object.keys(frontends))
      await this.command(`set server ${frontend}/${name} state drain`);
    await waitFor(`${name} has answered its last request`, 30, async () =>
      (await this.rows()).some((row) => row.name === name && row.openRequests > 0) ? undefined : true,
    );
  }

  async ready(name: string): Promise<void> {
    for (const frontend of Object.keys(frontends))
      await this.command(`set server ${frontend}/${name} state ready`);
  }

  private async rows() {
    const [header = "", ...lines] = (await this.command("show stat")).split("\n");
    const columns = header.replace("# ", "").split(",");
    const column = (line: string, name: string): string => line.split(",")[columns.indexOf(name)] ?? "";
    return lines
      .map((line) => ({
        frontend: column(line, "pxname"),
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
