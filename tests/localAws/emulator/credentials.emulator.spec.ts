import { Lambda } from "@aws-sdk/client-lambda";
import { RDS } from "@aws-sdk/client-rds";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { STS } from "@aws-sdk/client-sts";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, refusalOf } from "./fleet";

const [alice, bob] = ["111111111111", "222222222222"] as const;

describe("access keys of the emulator", () => {
  const emulator = useEmulator();

  const callsOf = (accountId: string) => {
    const config = emulator.clientConfig(accountId);
    return {
      ec2: () => clientsOf(config).ec2.describeVpcs({}),
      autoScaling: () => clientsOf(config).autoScaling.describeAutoScalingGroups({}),
      rds: () => new RDS(config).describeDBInstances({}),
      sts: () => new STS(config).getCallerIdentity({}),
      lambda: () => new Lambda(config).listFunctions({}),
      secretsManager: () => new SecretsManager(config).listSecrets({}),
    };
  };
  const errorsOf = async (accountId: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(callsOf(accountId)).map(
          async ([service, call]) => [service, (await refusalOf(call())).name] as const,
        ),
      ),
    );

  it("are refused with each service's message after they expired, and other keys are not", async () => {
    await emulator.api.markKey(alice, "expired");
    expect(await errorsOf(alice)).to.deep.equal({
      ec2: "RequestExpired",
      autoScaling: "ExpiredToken",
      rds: "ExpiredToken",
      sts: "ExpiredToken",
      lambda: "ExpiredTokenException",
      secretsManager: "ExpiredTokenException",
    });
    for (const call of Object.values(callsOf(bob))) await call();
  });

  it("are refused when they are unknown", async () => {
    await emulator.api.markKey(alice, "unknown");
    expect(await errorsOf(alice)).to.deep.equal({
      ec2: "AuthFailure",
      autoScaling: "InvalidClientTokenId",
      rds: "InvalidClientTokenId",
      sts: "InvalidClientTokenId",
      lambda: "UnrecognizedClientException",
      secretsManager: "UnrecognizedClientException",
    });
  });

  it("are accepted again when they are valid", async () => {
    await emulator.api.markKey(alice, "valid");
    for (const call of Object.values(callsOf(alice))) await call();
  });
});
