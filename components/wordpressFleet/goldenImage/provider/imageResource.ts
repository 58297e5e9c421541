import { bake, endAllBuilders } from "../bake";
import type { Ec2, Tools } from "../ec2";
import { findById, removeSnapshots, retag } from "../images";
import { goldenImageInputs, goldenImageState, type GoldenImageInputs } from "../inputs";
import { familyOf, imageName, isBookkeeping } from "../naming";
import { removeOnceUnused, sweep } from "../uses";
import { differenceOf } from "./diff";
import type { AwsSettings } from "./settings";
import { checkAgainst, parsed, toWire } from "./wire";

interface ImageParts {
  readonly userData: () => string | Promise<string>;
  readonly ec2: (settings: AwsSettings) => Promise<Ec2>;
  readonly toolsFor: (urn: string) => Omit<Tools, "ec2">;
}

/** The provider's methods for {@link GoldenImage}. */
export function imageResource({ userData, ec2, toolsFor: toolsBeside }: ImageParts) {
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
      const id = await bake(tools, { ...inputs, family, name, userData: await userData() });
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

const settingsIn = ({ region, profile }: GoldenImageInputs): AwsSettings => ({ region, profile });
