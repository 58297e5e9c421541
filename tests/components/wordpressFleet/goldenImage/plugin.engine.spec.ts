import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { LocalWorkspace, type Stack, type UpResult } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

import { sharedCache } from "../../../../cli/sharedCache";
import { GoldenImage } from "../../../../components/wordpressFleet/goldenImage/goldenImage";
import { GroupSize, type GroupSizeArgs } from "../../../../components/wordpressFleet/groupSize/groupSize";
import { findPulumi } from "../../../../engine/pulumiCli/command";
import { type EmulatorInSpec, useEmulator } from "../../../support/emulator";
import { rejectionOf } from "../../../support/rejection";
import { imagesOf, leftIn, openBakingSite, type BakingSite } from "./site";

const repository = path.resolve(__dirname, "../../../..");
const accountId = "350000000001";

/** The repository's own project file, for a project in another folder. */
async function projectFile(): Promise<string> {
  const { plugins } = z
    .object({ plugins: z.object({ providers: z.array(z.object({ name: z.string(), path: z.string() })) }) })
    .parse(parse(await readFile(path.join(repository, "Pulumi.yaml"), "utf8")));
  const providers = plugins.providers.map((each) => ({ ...each, path: path.join(repository, each.path) }));
  return stringify({ name: "wordpress", runtime: "nodejs", plugins: { providers } });
}

/** An empty Auto Scaling group of one server at most. */
async function makeGroup(
  emulator: EmulatorInSpec,
  { ec2, inputs }: Pick<BakingSite, "ec2" | "inputs">,
): Promise<string> {
  const LaunchTemplateName = "site";
  await ec2.createLaunchTemplate({
    LaunchTemplateName,
    LaunchTemplateData: { ImageId: inputs.baseImageId, InstanceType: "t3.micro" },
  });
  await new AutoScaling(emulator.clientConfig(accountId)).createAutoScalingGroup({
    AutoScalingGroupName: "site-fleet",
    LaunchTemplate: { LaunchTemplateName },
    MinSize: 0,
    MaxSize: 1,
    VPCZoneIdentifier: inputs.subnetId,
  });
  return "site-fleet";
}

describe("the golden image's provider, started by the engine from its folder", () => {
  const emulator = useEmulator();
  let site: BakingSite;
  let folder: string;
  let stack: Stack;
  let wanted: Partial<BakingSite["inputs"]> = {};
  let sizeOf: GroupSizeArgs | undefined;

  before(async () => {
    site = await openBakingSite(emulator.clientConfig(accountId));
    folder = await mkdtemp(path.join(tmpdir(), "golden-image-"));
    await writeFile(path.join(folder, "Pulumi.yaml"), await projectFile());
    const program = () => {
      const image = new GoldenImage("site-image", { ...site.inputs, timeoutMinutes: 1, ...wanted });
      if (sizeOf !== undefined) new GroupSize("site-fleet", sizeOf);
      return Promise.resolve({ id: image.id, name: image.name });
    };
    stack = await LocalWorkspace.createOrSelectStack(
      { projectName: "wordpress", stackName: "dev", program },
      {
        workDir: folder,
        pulumiHome: path.join(folder, "home"),
        pulumiCommand: await findPulumi(sharedCache(process.env), {
          run: (_title, work) => work(() => undefined),
        }),
        envVars: {
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          // As a user sets them: the provider finds endpoint and credentials as the SDK does.
          AWS_ENDPOINT_URL: emulator.endpoint,
          AWS_ACCESS_KEY_ID: accountId,
          AWS_SECRET_ACCESS_KEY: "any",
        },
      },
    );
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  const up = (changed: Partial<BakingSite["inputs"]> = {}): Promise<UpResult> => {
    wanted = changed;
    return stack.up();
  };

  it("previews without a call to AWS", async () => {
    const { changeSummary } = await stack.preview();
    expect(changeSummary).to.deep.equal({ create: 2 });
    expect(await leftIn(site)).to.deep.equal({ machines: 0, images: 0, snapshots: 0 });
  });

  it("ends with the reason of a failed build, and leaves no resources", async () => {
    const message = await rejectionOf(up({ publicAddress: false }));
    expect(message)
      .to.match(/The builder i-\w+ failed: packages: no package list/)
      .and.include("The builder and the unfinished image were removed.");
    expect(await leftIn(site)).to.deep.equal({ machines: 0, images: 0, snapshots: 0 });
  });

  it("bakes, prints the steps, and returns the image's id", async () => {
    const { outputs, stdout } = await up();
    const [image] = await imagesOf(site);
    expect(outputs["id"]?.value).to.equal(image?.ImageId);
    expect(outputs["name"]?.value).to.equal(image?.Name);
    expect(stdout).to.include(`baked ${image?.ImageId ?? ""} in`);
  });

  it("changes nothing when no input, or only an input of the next bake, changed", async () => {
    expect((await up()).summary.resourceChanges).to.deep.equal({ same: 2 });
    expect((await up({ instanceType: "t3.small" })).summary.resourceChanges).to.deep.equal({ same: 2 });
  });

  it("changes tags in place", async () => {
    const { summary } = await up({ tags: { Stack: "dev", Name: "site-image", Team: "blue" } });
    expect(summary.resourceChanges).to.deep.equal({ same: 1, update: 1 });
  });

  it("bakes other content before it deletes the old image", async () => {
    const { summary, outputs } = await up({ contentHash: "ba9876543210" });
    expect(summary.resourceChanges).to.deep.equal({ same: 1, replace: 1 });
    expect((await imagesOf(site)).map(({ ImageId }) => ImageId)).to.deep.equal([outputs["id"]?.value]);
  });

  it("detects that the image was deleted, and bakes it again", async () => {
    const [image] = await imagesOf(site);
    await site.ec2.deregisterImage({ ImageId: image?.ImageId });
    const { summary } = await stack.refresh();
    expect(summary.resourceChanges).to.deep.equal({ same: 1, delete: 1 });
    expect((await up({ contentHash: "ba9876543210" })).summary.resourceChanges).to.deep.equal({
      same: 1,
      create: 1,
    });
  });

  it("sets the size of a group, too", async () => {
    const groupName = await makeGroup(emulator, site);
    sizeOf = { groupName, minSize: 0, maxSize: 3, desiredCapacity: 0, enforced: false, region: "us-east-1" };
    await up({ contentHash: "ba9876543210" });
    const autoScaling = new AutoScaling(emulator.clientConfig(accountId));
    const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({});
    expect(AutoScalingGroups[0]).to.include({ MinSize: 0, DesiredCapacity: 0, MaxSize: 3 });
    await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: groupName });
  });

  it("leaves nothing after a destroy", async () => {
    await stack.destroy();
    expect(await leftIn(site)).to.deep.equal({ machines: 0, images: 0, snapshots: 0 });
  });
});
