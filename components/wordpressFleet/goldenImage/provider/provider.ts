import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";

import { bake, endAllBuilders } from "../bake";
import type { Ec2, Tell, Tools } from "../ec2";
import { findById, removeSnapshots, retag } from "../images";
import {
  goldenImageInputs,
  goldenImageState,
  type GoldenImageInputs,
  type GoldenImageState,
} from "../inputs";
import { familyOf, imageName, isBookkeeping } from "../naming";
import { removeOnceUnused, sweep } from "../uses";
import { differenceOf } from "./diff";

/** Where and as whom to speak to AWS; left out, as the AWS CLI would. */
export interface Ec2Settings {
  readonly region: string;
  readonly profile: string | undefined;
}

/** What the provider is given by whoever serves it. */
export interface ProviderParts {
  /** Makes a machine a builder ({@link BakeOrder}); asked for when one starts. */
  readonly userData: () => string;
  readonly ec2: (settings: Ec2Settings) => Promise<Ec2>;
  /** Tells the engine's user about one resource, by its URN. */
  readonly tellAbout: (urn: string) => Tell;
  /** The longest pause between two looks at a bake that goes on; the first ones are shorter. */
  readonly pollMilliseconds: number;
}

const firstPauseMilliseconds = 200;

/** The resource provider for {@link GoldenImage}, in the form that `pulumi.provider.main` serves. */
export function goldenImageProvider({ userData, ec2, tellAbout, pollMilliseconds }: ProviderParts) {
  const stop = new AbortController();
  const toolsFor = async (urn: string, settings: Ec2Settings): Promise<Tools> => {
    let next = firstPauseMilliseconds;
    const pause = async () => {
      const milliseconds = Math.min(next, pollMilliseconds);
      next *= 1.5;
      try {
        await sleep(milliseconds, undefined, { signal: stop.signal });
      } catch (error) {
        if (stop.signal.aborted) throw new Error("The bake was stopped.", { cause: error });
        throw error;
      }
    };
    return { ec2: await ec2(settings), tell: tellAbout(urn), pause };
  };

  return {
    version: "1.0.0",

    /** The engine is to wind up: bakes that go on end, and clean up after themselves. */
    cancel: () => {
      stop.abort();
      return Promise.resolve();
    },

    check: (_urn: string, _olds: unknown, news: unknown) => {
      const result = goldenImageInputs.safeParse(news);
      const failures = result.success
        ? []
        : result.error.issues.map(({ path, message }) => ({ property: path.join("."), reason: message }));
      return Promise.resolve({ inputs: news, failures });
    },

    diff: (_id: string, _urn: string, olds: unknown, news: unknown) => {
      const { changes, replaces } = differenceOf(
        parsed(goldenImageState, olds),
        parsed(goldenImageInputs, news),
      );
      return Promise.resolve({ changes, replaces: [...replaces] });
    },

    create: async (urn: string, news: unknown) => {
      const inputs = parsed(goldenImageInputs, news);
      const family = familyOf(urn);
      const name = imageName(family, inputs);
      const tools = await toolsFor(urn, settingsIn(inputs));
      const id = await bake(tools, { ...inputs, family, name, userData: userData() });
      return { id, outs: toWire({ ...inputs, name }) };
    },

    /** No id says that it is gone. */
    read: async (id: string, _urn: string, props: unknown) => {
      const state = parsed(goldenImageState, props);
      const image = await findById(await ec2(settingsIn(state)), id);
      if (image?.state !== "available") return {};
      const tags = Object.fromEntries(Object.entries(image.tags).filter(([key]) => !isBookkeeping(key)));
      const { name, ...inputs } = { ...state, tags };
      return { id, props: toWire({ ...inputs, name }), inputs: toWire(inputs) };
    },

    update: async (id: string, _urn: string, olds: unknown, news: unknown) => {
      const old = parsed(goldenImageState, olds);
      const { tags, profile } = parsed(goldenImageInputs, news);
      const client = await ec2({ region: old.region, profile });
      const image = await findById(client, id);
      if (image === undefined)
        throw new Error(`The image ${id} is gone. \`pulumi refresh\` sees that; then it is baked again.`);
      await retag(client, image, old.tags, tags);
      return { outs: toWire({ ...old, tags, profile }) };
    },

    delete: async (id: string, urn: string, props: unknown) => {
      const state = parsed(goldenImageState, props);
      const tools = await toolsFor(urn, settingsIn(state));
      const family = familyOf(urn);
      const image = await findById(tools.ec2, id);
      if (image === undefined) await removeSnapshots(tools.ec2, state.name);
      else await removeOnceUnused(tools, image);
      await sweep(tools, family, { except: id, onlySuperseded: true });
      await endAllBuilders(tools.ec2, { family });
    },
  };
}

/** Properties as they reach the engine, for which there is no word for `undefined`. */
type Wire = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;

type Loosely<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

function toWire(properties: Loosely<GoldenImageState>): Wire {
  const defined = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(defined);
}

const settingsIn = ({ region, profile }: GoldenImageInputs): Ec2Settings => ({ region, profile });

/** @throws Error in words, for what the engine kept or was given by someone else than {@link GoldenImage} */
function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`This is not what a golden image is made of: ${problems.join("; ")}`);
}

export type GoldenImageProvider = ReturnType<typeof goldenImageProvider>;
