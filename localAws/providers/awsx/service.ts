import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";

import { monitorAt } from "../protocol/monitor";
import { handshake, unary } from "../protocol/serve";
import { constructVpc } from "./construct";

const vpcType = "awsx:ec2:Vpc";

/** The calls of Pulumi's provider protocol for the only component of awsx that the program uses. */
export function awsxService(version: string, awsVersion: string) {
  return {
    ...handshake(version, () => undefined),

    construct: unary(async (request: ConstructRequest) => {
      if (request.getType() !== vpcType) {
        throw new Error(`the local awsx provider supports only ${vpcType}, not ${request.getType()}`);
      }
      const monitor = monitorAt(request.getMonitorendpoint());
      try {
        return await constructVpc(request, monitor, awsVersion);
      } finally {
        monitor.close();
      }
    }),
  };
}
