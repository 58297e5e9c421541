import http from "node:http";
import https from "node:https";

import { waitFor } from "../../../localAws/live/command";
import { addresses, site } from "./addresses";
import type { Machine } from "./machine";

/** A response; redirects are not followed. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  readonly milliseconds: number;
}

interface Visit {
  readonly method?: "GET" | "POST" | "HEAD";
  /** Several values become several header lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** Through the load balancer: `http` shows its redirect. Default: https. */
  readonly scheme?: "http" | "https";
}

/**
 * Requests a page of the site, through the load balancer or directly from a server. A direct request has the headers that
 * the load balancer would add.
 */
export async function visit(at: Machine | "balancer", path: string, options: Visit = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body, scheme = "https" } = options;
  const forwarded =
    at === "balancer" ? {} : { "x-forwarded-proto": scheme, "x-forwarded-for": addresses.visitor };
  const client = at === "balancer" && scheme === "https" ? https : http;
  const started = performance.now();
  return await new Promise((resolve, reject) => {
    const request = client.request(
      {
        host: at === "balancer" ? addresses.publicLoadBalancer : at.address,
        port: at === "balancer" && scheme === "https" ? 443 : 80,
        path,
        method,
        headers: headerLines({ host: site, ...forwarded, ...headers }, body),
        servername: site,
        // The lab's own authority signs the certificate. The browser and the servers check it; this client does not
        // need to.
        rejectUnauthorized: false,
        agent: false,
        timeout: 20_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const whole = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: whole,
            text: whole.toString(),
            milliseconds: performance.now() - started,
          });
        });
      },
    );
    request.once("error", reject);
    request.once("timeout", () => {
      request.destroy(new Error(`${path} took more than 20 s`));
    });
    request.end(body);
  });
}

/** Names and values alternate; Node sends them unchanged. */
function headerLines(
  headers: Readonly<Record<string, string | readonly string[]>>,
  body: string | Buffer | undefined,
): readonly string[] {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return Object.entries({ connection: "close", ...length, ...headers }).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
}

/** Checks health as the target group does: at the server's own address. */
export async function health(server: Machine, depth: "shallow" | "deep" = "shallow"): Promise<number> {
  const answer = await visit(server, depth === "deep" ? "/healthz/deep" : "/healthz", {
    headers: { host: server.address },
    scheme: "http",
  });
  return answer.status;
}

/** @throws with the server's last output when it is not healthy in time */
export async function waitForHealth(server: Machine, status: 200 | 503, seconds: number): Promise<void> {
  try {
    await waitFor(`${server.name} answers /healthz with ${status}`, seconds, async () => {
      const now = await health(server);
      if (now === status) return true;
      throw new Error(`it answers ${now}`);
    });
  } catch (error) {
    const words = server.console
      .split("\n")
      .filter((line) => line.includes("wordpress-server"))
      .slice(-8);
    throw new Error(`${String(error)}\n${words.join("\n")}`, { cause: error });
  }
}
