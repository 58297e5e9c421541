import { version as awsVersion } from "@pulumi/aws/package.json";

import { catalogue } from "./aws/catalogue";
import { awsClients, type AwsTarget } from "./aws/clients";
import { awsService } from "./aws/service";
import { serve } from "./protocol/serve";

/** Ports of the providers, for PULUMI_DEBUG_PROVIDERS=`aws:PORT,awsx:PORT`. */
export interface ServedProviders {
  readonly aws: number;
  readonly awsx: number;
  readonly close: () => void;
}

/** Serves the `aws` and `awsx` providers in this process, for one region and account of one emulator. */
export async function serveProviders(target: AwsTarget): Promise<ServedProviders> {
  const aws = await serve(awsService(catalogue, awsClients(target), awsVersion));
  return {
    aws: aws.port,
    awsx: 0,
    close: () => {
      aws.close();
    },
  };
}
