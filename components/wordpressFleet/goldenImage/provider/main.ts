/** The provider as a process, as Pulumi's engine starts it: with its own address as an argument. */
import { main } from "@pulumi/pulumi/provider";

import { renderBuilderUserData } from "../../builderUserData";
import type { Ec2 } from "../ec2";
import { tellingEngine } from "./engineLog";
import { goldenImageProvider, type Ec2Settings } from "./provider";

const fromConsole = (urn: string) => {
  const say = (message: string) => {
    console.error(`${urn}: ${message}`);
  };
  return { step: say, passing: say };
};

/** Loaded when AWS has to be asked, which a preview does not. */
async function ec2({ region, profile }: Ec2Settings): Promise<Ec2> {
  const { EC2 } = await import("@aws-sdk/client-ec2");
  return new EC2({
    region,
    ...(profile === undefined ? {} : { profile }),
    retryMode: "standard",
    maxAttempts: 5,
  });
}

const words = process.argv.slice(2);
const engineAddress = words.find((word) => !word.startsWith("-"));

void main(
  goldenImageProvider({
    userData: renderBuilderUserData,
    ec2,
    tellAbout: engineAddress === undefined ? fromConsole : tellingEngine(engineAddress),
    pollMilliseconds: 5_000,
  }),
  words,
);
