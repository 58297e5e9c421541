import type { Tools } from "../goldenImage/ec2";
import type { AwsSettings } from "../goldenImage/provider/settings";
import { checkAgainst, parsed, toWire } from "../goldenImage/provider/wire";
import { rolloutInputs, type RolloutInputs } from "./inputs";
import { rollOut } from "./rollOut";
import type { RolloutClients } from "./view";

interface RolloutParts {
  readonly clients: (settings: AwsSettings) => Promise<RolloutClients>;
  readonly toolsFor: (urn: string) => Omit<Tools, "ec2">;
}

/** Failed launches count from this time before the rollout: the group was created or changed then. */
const earlierMilliseconds = 60_000;

/** Inputs whose change starts a rollout. `patienceMinutes` is not one of them. */
const triggers = [
  "groupName",
  "targetGroupArn",
  "launchTemplateId",
  "launchTemplateVersion",
  "capacity",
  "region",
  "profile",
] as const satisfies readonly (keyof RolloutInputs)[];

/** The provider's methods for {@link FleetRollout}. */
export function rolloutResource({ clients, toolsFor }: RolloutParts) {
  const run = async (urn: string, inputs: RolloutInputs) => {
    const { region, profile } = inputs;
    const tools = { ...toolsFor(urn), clients: await clients({ region, profile }) };
    await rollOut(tools, inputs, new Date(Date.now() - earlierMilliseconds));
  };

  return {
    check: (news: unknown) => checkAgainst(rolloutInputs, news),

    diff: (olds: unknown, news: unknown) => {
      const [old, wanted] = [parsed(rolloutInputs, olds), parsed(rolloutInputs, news)];
      const changes = triggers.some((name) => old[name] !== wanted[name]);
      return Promise.resolve({ changes, replaces: [] });
    },

    create: async (urn: string, news: unknown) => {
      const inputs = parsed(rolloutInputs, news);
      await run(urn, inputs);
      return { id: inputs.groupName, outs: toWire(inputs) };
    },

    /** A rollout is an event, so it has no drift. */
    read: (id: string, props: unknown) => {
      const inputs = toWire(parsed(rolloutInputs, props));
      return Promise.resolve({ id, props: inputs, inputs });
    },

    update: async (_id: string, urn: string, _olds: unknown, news: unknown) => {
      const inputs = parsed(rolloutInputs, news);
      await run(urn, inputs);
      return { outs: toWire(inputs) };
    },

    delete: () => Promise.resolve(),
  };
}
