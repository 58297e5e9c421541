import { PolicyPack, type PolicyPackConfig } from "@pulumi/policy";

import { checkedPolicy } from "../configuration/checkedPolicy";
import { servedPolicies } from "../exceptions/served";
import { servingWith, type ReceivedConfiguration } from "../patches/receivedConfiguration";
import type { Pack } from "./pack";

/**
 * Serves a pack to the engine. The working directory must be the pack's folder: the SDK reads the version there.
 *
 * @param initialConfig the rules' configuration where the engine has none
 */
export function servePack(pack: Pack, initialConfig: PolicyPackConfig = {}): void {
  const { name, displayName, description } = pack;
  let received: ReceivedConfiguration = new Map();
  const policies = [...servedPolicies(pack), checkedPolicy(pack, () => received)];
  servingWith(
    (configuration) => {
      received = configuration;
    },
    () => {
      new PolicyPack(name, { displayName, description, provider: "aws", policies }, initialConfig);
    },
  );
}
