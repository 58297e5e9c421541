import { Client, credentials, Server, ServerCredentials, status, type ServiceError } from "@grpc/grpc-js";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { expect } from "chai";
import { promisify } from "node:util";

import "../../../engine/patches/ownConnections";

/** The options that Pulumi's SDK gives all its clients; its types omit them. */
function clientOptions(): object {
  const options: unknown = Reflect.get(settings, "grpcClientOptions");
  if (typeof options !== "object" || options === null) throw new Error("Pulumi's SDK has no client options");
  return options;
}

const bind = (server: Server, port: number) =>
  promisify(server.bindAsync.bind(server))(`127.0.0.1:${port}`, ServerCredentials.createInsecure());

/** The status of a call that no server implements. */
function statusOf(client: Client): Promise<number> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      "/unknown/Call",
      () => Buffer.of(),
      String,
      null,
      (error: ServiceError | null) => {
        resolve(error?.code ?? status.OK);
      },
    );
  });
}

describe("the connections of runs in one process", () => {
  it("belong to one run: an engine at the port of an ended one is reached at once", async () => {
    const ended = new Server();
    const port = await bind(ended, 0);
    await promisify(ended.tryShutdown.bind(ended))();
    const connect = () => new Client(`127.0.0.1:${port}`, credentials.createInsecure(), clientOptions());
    const clientOfEnded = connect();
    expect(await statusOf(clientOfEnded)).to.equal(status.UNAVAILABLE);

    const next = new Server();
    await bind(next, port);
    const clientOfNext = connect();
    try {
      expect(await statusOf(clientOfNext)).to.equal(status.UNIMPLEMENTED);
    } finally {
      clientOfEnded.close();
      clientOfNext.close();
      next.forceShutdown();
    }
  });
});
