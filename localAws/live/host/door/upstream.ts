import type { Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { Pool } from "undici";

import { Failure, messageOf } from "../../../../cli/failure";
import type { Dialer } from "../../dial";
import { originOf } from "./headers";
import type { Site } from "./sites";

export interface UpstreamOptions {
  /** The site as it is now. */
  readonly site: () => Site;
  readonly dial: Dialer["dial"];
  /** The certificate authority of the region, in PEM. */
  readonly authority: () => Promise<string>;
}

const mostConnections = 256;
/** A packet that no security group admits gets no answer. */
const connectMilliseconds = 5_000;

/** Opens connections to the load balancer as a visitor's browser does: through its public addresses. */
export class Upstream {
  readonly pool: Pool;

  constructor(private readonly options: UpstreamOptions) {
    this.pool = new Pool(originOf(options.site()), {
      connections: mostConnections,
      // The load balancer has its own timeouts.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, done) => {
        this.connect().then(
          (socket) => {
            done(null, socket);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)), null);
          },
        );
      },
    });
  }

  /** A connection of its own. The next address is tried when one does not answer, as browsers do. */
  async connect(): Promise<Socket | TLSSocket> {
    const { addresses, port, scheme, host } = this.options.site();
    const problems: string[] = [];
    for (const address of addresses) {
      try {
        const socket = await this.dial(address, port);
        return scheme === "https" ? await this.encrypted(socket, host) : socket;
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
    throw new Failure(problems.join(" "), "");
  }

  close(): void {
    void this.pool.destroy();
  }

  private async dial(address: string, port: number): Promise<Socket> {
    let isLate = false;
    const dialing = this.options.dial(address, port);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isLate = true;
        const seconds = connectMilliseconds / 1_000;
        reject(new Failure(`${address}:${port} did not answer within ${seconds} s.`, ""));
      }, connectMilliseconds);
    });
    dialing.then(
      (socket) => {
        if (isLate) socket.destroy();
      },
      () => undefined,
    );
    return await Promise.race([dialing, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  private async encrypted(socket: Socket, servername: string): Promise<Socket> {
    const ca = await this.options.authority();
    return await new Promise((resolve, reject) => {
      const tls = connectTls({ socket, servername, ca, ALPNProtocols: ["http/1.1"] }, () => {
        tls.off("error", reject);
        resolve(tls);
      });
      tls.once("error", reject);
    });
  }
}
