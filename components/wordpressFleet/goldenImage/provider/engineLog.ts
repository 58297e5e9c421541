import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Tell } from "../ec2";

/** Tells the engine's user about a resource: lines that stay under the diagnostics, others beside the resource. */
export function tellingEngine(address: string): (urn: string) => Tell {
  const client = new EngineClient(address, credentials.createInsecure());
  const log = (urn: string, message: string, ephemeral: boolean) => {
    const request = new LogRequest()
      .setSeverity(LogSeverity.INFO)
      .setUrn(urn)
      .setMessage(message)
      .setEphemeral(ephemeral);
    client.log(request, (error) => {
      // No reason to give a bake up; a provider's standard error reaches the user, too.
      if (error !== null) console.error(`${message} (the engine took no message: ${error.message})`);
    });
  };
  return (urn) => ({
    step: (message) => {
      log(urn, message, false);
    },
    passing: (message) => {
      log(urn, message, true);
    },
  });
}
