import { isDeepStrictEqual } from "node:util";

import type { AwsSettings } from "../goldenImage/provider/settings";
import { checkAgainst, parsed, toWire } from "../goldenImage/provider/wire";
import { groupSizeInputs, type GroupSizeInputs } from "./inputs";

/** The Auto Scaling operations that it needs. The SDK's client implements them. */
export interface SizeCalls {
  updateAutoScalingGroup(input: {
    readonly AutoScalingGroupName: string;
    readonly MinSize: number;
    readonly MaxSize: number;
    readonly DesiredCapacity: number;
  }): Promise<unknown>;
  describeAutoScalingGroups(input: { AutoScalingGroupNames: string[] }): Promise<{
    readonly AutoScalingGroups?: readonly LiveSize[] | undefined;
  }>;
}

interface LiveSize {
  readonly MinSize?: number | undefined;
  readonly MaxSize?: number | undefined;
  readonly DesiredCapacity?: number | undefined;
}

/** The provider's methods for {@link GroupSize}. */
export function sizeResource(clients: (settings: AwsSettings) => Promise<SizeCalls>) {
  const callsFor = ({ region, profile }: GroupSizeInputs) => clients({ region, profile });
  const apply = async (news: unknown) => {
    const inputs = parsed(groupSizeInputs, news);
    await (
      await callsFor(inputs)
    ).updateAutoScalingGroup({
      AutoScalingGroupName: inputs.groupName,
      MinSize: inputs.minSize,
      MaxSize: inputs.maxSize,
      DesiredCapacity: inputs.desiredCapacity,
    });
    return inputs;
  };

  const groupOf = async (inputs: GroupSizeInputs) => {
    const { AutoScalingGroups: [group] = [] } = await (
      await callsFor(inputs)
    ).describeAutoScalingGroups({ AutoScalingGroupNames: [inputs.groupName] });
    return group;
  };
  const runs = async (inputs: GroupSizeInputs) => ((await groupOf(inputs))?.MaxSize ?? 0) > 0;

  return {
    check: (news: unknown) => checkAgainst(groupSizeInputs, news),

    diff: (olds: unknown, news: unknown) => {
      const changes = !isDeepStrictEqual(parsed(groupSizeInputs, olds), parsed(groupSizeInputs, news));
      return Promise.resolve({ changes, replaces: [] });
    },

    create: async (_urn: string, news: unknown) => {
      const inputs = await apply(news);
      return { id: inputs.groupName, outs: toWire(inputs) };
    },

    /** Reports another size only where the size is enforced. A result without an id means that the group does not exist. */
    read: async (id: string, props: unknown) => {
      const state = parsed(groupSizeInputs, props);
      const group = await groupOf(state);
      if (group === undefined) return {};
      const live = {
        minSize: group.MinSize,
        maxSize: group.MaxSize,
        desiredCapacity: group.DesiredCapacity,
      };
      const known = toWire(state.enforced ? { ...state, ...live } : state);
      return { id, props: known, inputs: known };
    },

    /** Another end of the stack starts the servers of a stack that ended; it does not resize one that runs. */
    update: async (_id: string, _urn: string, olds: unknown, news: unknown) => {
      const [before, after] = [parsed(groupSizeInputs, olds), parsed(groupSizeInputs, news)];
      const onlyTheEnd = isDeepStrictEqual({ ...before, endsAt: undefined }, { ...after, endsAt: undefined });
      if (onlyTheEnd && (await runs(after))) return { outs: toWire(after) };
      return { outs: toWire(await apply(news)) };
    },

    /** Nothing to do: the group is deleted, or keeps its size. */
    delete: () => Promise.resolve(),
  };
}
