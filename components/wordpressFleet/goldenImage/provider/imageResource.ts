import { bake, endAllBuilders } from "../bake";
import type { BakeOrder } from "../builder";
import type { Ec2, Tools } from "../ec2";
import { findById, removeSnapshots, retag } from "../images";
import { goldenImageInputs, goldenImageState, type GoldenImageInputs } from "../inputs";
import { familyOf, imageName, isBookkeeping } from "../naming";
import { stage, unstage, type BuilderData, type Storage } from "../staging";
import { removeOnceUnused, sweep } from "../uses";
import { differenceOf } from "./diff";
import type { AwsSettings } from "./settings";
import { checkAgainst, parsed, toWire } from "./wire";

interface ImageParts {
  readonly builderData: () => BuilderData | Promise<BuilderData>;
  readonly storage: (settings: AwsSettings) => Promise<Storage>;
  readonly ec2: (settings: AwsSettings) => Promise<Ec2>;
  readonly toolsFor: (urn: string) => Omit<Tools, "ec2">;
}

/** The provider's methods for {@link GoldenImage}. */
export function imageResource({ builderData, storage, ec2, toolsFor: toolsBeside }: ImageParts) {
  const toolsFor = async (urn: string, settings: AwsSettings): Promise<Tools> => ({
    ...toolsBeside(urn),
    ec2: await ec2(settings),
  });

  return {
    check: (news: unknown) => checkAgainst(goldenImageInputs, news),

    diff: (olds: unknown, news: unknown) => {
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
      const data = await builderData();
      const order = { ...inputs, family, name };
      const id =
        typeof data === "string"
          ? await bake(tools, order, () => Promise.resolve(data))
          : await bakeStaged(tools, order, data, await storage(settingsIn(inputs)));
      return { id, outs: toWire({ ...inputs, name }) };
    },

    /** A result without an id means that the image does not exist. */
    read: async (id: string, props: unknown) => {
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
        throw new Error(
          `The image ${id} no longer exists. Run \`pulumi refresh\`; then \`pulumi up\` bakes it again.`,
        );
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

/** A bake whose builder fetches an object. The object is deleted at the end, whatever the result. */
async function bakeStaged(
  tools: Tools,
  order: BakeOrder,
  data: Exclude<BuilderData, string>,
  storage: Storage,
): Promise<string> {
  const place = { ...order, minutes: order.timeoutMinutes };
  try {
    return await bake(tools, order, async () => data.userData(await stage(storage, place, data.object)));
  } finally {
    await unstage(storage, place).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      tools.progress.step(
        `the bucket of the build could not be deleted (${reason}); the next bake deletes it, and S3 its content within 2 days`,
      );
    });
  }
}

const settingsIn = ({ region, profile }: GoldenImageInputs): AwsSettings => ({ region, profile });
