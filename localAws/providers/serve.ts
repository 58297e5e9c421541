import { version as awsVersion } from "@pulumi/aws/package.json";
import { version as awsxVersion } from "@pulumi/awsx/package.json";

import { awsClients, type AwsTarget } from "./aws/clients";
import { awsService } from "./aws/service";
import { awsxService } from "./awsx/service";
import { goldenImageService } from "./goldenImage/service";
import { serve } from "./protocol/serve";

/** The providers of this process. */
export interface ServedProviders {
  /** Their ports by package, for PULUMI_DEBUG_PROVIDERS. */
  readonly ports: Readonly<Record<string, number>>;
  readonly close: () => void;
}

/** Serves all providers of the program on loopback ports, for one region and account of an emulator. */
export async function serveProviders(target: AwsTarget): Promise<ServedProviders> {
  const clients = awsClients(target);
  const [aws, awsx, goldenImage] = await Promise.all([
    serve(awsService(async () => (await import("./aws/catalogue.ts")).catalogue, clients, awsVersion)),
    serve(awsxService(awsxVersion, awsVersion)),
    serve(goldenImageService(clients)),
  ]);
  return {
    ports: { aws: aws.port, awsx: awsx.port, "golden-image": goldenImage.port },
    close: () => {
      for (const { close } of [aws, awsx, goldenImage]) close();
    },
  };
}

/** The value of PULUMI_DEBUG_PROVIDERS: `aws:1234,awsx:1235`. */
export function debugProviders(ports: ServedProviders["ports"]): string {
  return Object.entries(ports)
    .map(([name, port]) => `${name}:${port}`)
    .join(",");
}
