import { setTimeout as sleep } from "node:timers/promises";

import { sizeResource } from "../../groupSize/sizeResource";
import { rolloutResource } from "../../rollout/rolloutResource";
import type { RolloutClients } from "../../rollout/view";
import type { Ec2, Progress, Tools } from "../ec2";
import type { BuilderData, Storage } from "../staging";
import { imageResource } from "./imageResource";
import type { AwsSettings } from "./settings";

/** What the process that serves the provider supplies. */
export interface ProviderParts {
  /** What a builder starts with; called for each bake. */
  readonly builderData: () => BuilderData | Promise<BuilderData>;
  readonly storage: (settings: AwsSettings) => Promise<Storage>;
  readonly ec2: (settings: AwsSettings) => Promise<Ec2>;
  readonly rollout: (settings: AwsSettings) => Promise<RolloutClients>;
  /** Shows progress of one resource, by its URN. */
  readonly progressOf: (urn: string) => Progress;
  /** The longest pause between two requests to AWS; the first pauses are shorter. */
  readonly pollMilliseconds: number;
}

const firstPauseMilliseconds = 200;

/**
 * The provider for {@link GoldenImage}, {@link GroupSize} and {@link FleetRollout}, in the form that
 * `pulumi.provider.main` serves. The type in the URN selects the resource's methods.
 */
export function goldenImageProvider({
  builderData,
  storage,
  ec2,
  rollout,
  progressOf,
  pollMilliseconds,
}: ProviderParts) {
  const stop = new AbortController();
  const toolsFor = (urn: string): Omit<Tools, "ec2"> => {
    let next = firstPauseMilliseconds;
    const pause = async () => {
      const milliseconds = Math.min(next, pollMilliseconds);
      next *= 1.5;
      try {
        await sleep(milliseconds, undefined, { signal: stop.signal });
      } catch (error) {
        if (stop.signal.aborted) throw new Error("The update was stopped.", { cause: error });
        throw error;
      }
    };
    return { progress: progressOf(urn), pause };
  };
  const image = imageResource({ builderData, storage, ec2, toolsFor });
  const fleetRollout = rolloutResource({ clients: rollout, toolsFor });
  const size = sizeResource(async (settings) => (await rollout(settings)).scaling);
  const of = (urn: string) =>
    isOf(urn, "FleetRollout") ? fleetRollout : isOf(urn, "GroupSize") ? size : image;

  return {
    version: "1.0.0",

    /** The engine stops: bakes end and remove what they created; a rollout continues in AWS. */
    cancel: () => {
      stop.abort();
      return Promise.resolve();
    },

    check: (urn: string, _olds: unknown, news: unknown) => of(urn).check(news),
    diff: (_id: string, urn: string, olds: unknown, news: unknown) => of(urn).diff(olds, news),
    create: (urn: string, news: unknown) => of(urn).create(urn, news),
    /** A result without an id means that the resource does not exist. */
    read: (id: string, urn: string, props: unknown) => of(urn).read(id, props),
    update: (id: string, urn: string, olds: unknown, news: unknown) => of(urn).update(id, urn, olds, news),
    delete: (id: string, urn: string, props: unknown) => of(urn).delete(id, urn, props),
  };
}

const isOf = (urn: string, type: string) => urn.includes(`golden-image:index:${type}::`);

export type GoldenImageProvider = ReturnType<typeof goldenImageProvider>;
