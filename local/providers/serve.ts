import { version as awsVersion } from "@pulumi/aws/package.json";
import { version as awsxVersion } from "@pulumi/awsx/package.json";

import { catalogue } from "./aws/catalogue";
import { awsClients, type AwsTarget } from "./aws/clients";
import { awsService } from "./aws/service";
import { awsxService } from "./awsx/service";
import { serve } from "./protocol/serve";

/** The providers in this process, for PULUMI_DEBUG_PROVIDERS=`aws:PORT,awsx:PORT`. */
export interface ServedProviders {
  readonly aws: number;
  readonly awsx: number;
  readonly close: () => void;
}

/** Serves the `aws` and `awsx` providers on loopback ports, for one region and account of one emulator. */
export async function serveProviders(target: AwsTarget): Promise<ServedProviders> {
  const [aws, awsx] = await Promise.all([
    serve(awsService(catalogue, awsClients(target), awsVersion)),
    serve(awsxService(awsxVersion, awsVersion)),
  ]);
  return {
    aws: aws.port,
    awsx: awsx.port,
    close: () => {
      aws.close();
      awsx.close();
    },
  };
}
