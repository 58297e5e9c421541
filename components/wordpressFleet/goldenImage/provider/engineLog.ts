import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Progress } from "../ec2";

/** Sends messages about a resource to the engine: permanent ones to the diagnostics, ephemeral ones next to the resource. */
export function engineMessages(address: string): (urn: string) => Progress {
  const client = new EngineClient(address, credentials.createInsecure());
  const log = (urn: string, message: string, ephemeral: boolean) => {
    const request = new LogRequest()
      .setSeverity(LogSeverity.INFO)
      .setUrn(urn)
      .setMessage(message)
      .setEphemeral(ephemeral);
    client.log(request, (error) => {
      // The bake continues. The user also sees the provider's standard error.
      if (error !== null) console.error(`${message} (the engine refused the message: ${error.message})`);
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
