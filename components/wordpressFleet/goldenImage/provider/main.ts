/** The provider's process. Pulumi's engine starts it with the engine's address as an argument. */
import { main } from "@pulumi/pulumi/provider";

import { builderData } from "../../builderUserData";
import type { RolloutClients } from "../../rollout/view";
import type { Ec2 } from "../ec2";
import type { Storage } from "../staging";
import { storageOf } from "../storage";
import { engineMessages } from "./engineLog";
import { goldenImageProvider } from "./provider";
import type { AwsSettings } from "./settings";

const fromConsole = (urn: string) => {
  const say = (message: string) => {
    console.error(`${urn}: ${message}`);
  };
  return { step: say, passing: say };
};

const clientSettings = ({ region, profile }: AwsSettings) => ({
  region,
  ...(profile === undefined ? {} : { profile }),
  retryMode: "standard",
  maxAttempts: 5,
});

/** Loads the SDK's client only for a request to AWS; a preview makes none. */
async function ec2(settings: AwsSettings): Promise<Ec2> {
  const { EC2 } = await import("@aws-sdk/client-ec2");
  return new EC2(clientSettings(settings));
}

async function storage(settings: AwsSettings): Promise<Storage> {
  const [{ S3 }, { STS }] = await Promise.all([import("@aws-sdk/client-s3"), import("@aws-sdk/client-sts")]);
  return storageOf(new S3(clientSettings(settings)), new STS(clientSettings(settings)));
}

async function rollout(settings: AwsSettings): Promise<RolloutClients> {
  const [{ AutoScaling }, { ElasticLoadBalancingV2 }] = await Promise.all([
    import("@aws-sdk/client-auto-scaling"),
    import("@aws-sdk/client-elastic-load-balancing-v2"),
  ]);
  return {
    scaling: new AutoScaling(clientSettings(settings)),
    targets: new ElasticLoadBalancingV2(clientSettings(settings)),
  };
}

const args = process.argv.slice(2);
const engineAddress = args.find((arg) => !arg.startsWith("-"));

void main(
  goldenImageProvider({
    builderData,
    storage,
    ec2,
    rollout,
    progressOf: engineAddress === undefined ? fromConsole : engineMessages(engineAddress),
    pollMilliseconds: 5_000,
  }),
  args,
);
