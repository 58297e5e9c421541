import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack, type UpResult } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../../cli/sharedCache";
import { findPulumi } from "../../../engine/pulumiCli/command";
import { awsClients, type AwsTarget } from "../../../localAws/providers/aws/clients";
import { debugProviders, serveProviders, type ServedProviders } from "../../../localAws/providers/serve";
import { useEmulator } from "../../support/emulator";
import { rejectionOf } from "../../support/rejection";

/** The network's options of the program. Tests change them between runs. */
interface Wishes {
  readonly tags: Readonly<Record<string, string>>;
  readonly description: string;
  /** An option that the local provider does not support. */
  readonly poolId?: string;
  /** Whether the program has a resource with an explicit provider. */
  readonly ownProvider?: boolean;
}

const wishes: Wishes = { tags: { Project: "p" }, description: "servers" };

describe("the local providers with the real engine, in the program's process", () => {
  const emulator = useEmulator();
  let target: AwsTarget;
  let served: ServedProviders;
  let home: string;
  let stack: Stack;
  let wanted = wishes;

  before(async function () {
    this.timeout(600_000);
    target = { endpoint: emulator.endpoint, region: "us-east-1", accountId: "123412341234" };
    served = await serveProviders(target);
    home = await mkdtemp(path.join(tmpdir(), "engine-"));
    stack = await LocalWorkspace.createOrSelectStack(
      { projectName: "network", stackName: "test", program: () => program(wanted) },
      {
        pulumiCommand: await findPulumi(sharedCache(process.env), {
          run: (_title, work) => work(() => undefined),
        }),
        workDir: home,
        pulumiHome: home,
        projectSettings: { name: "network", runtime: "nodejs", backend: { url: `file://${home}` } },
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_DEBUG_PROVIDERS: debugProviders(served.ports),
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
  });

  after(async () => {
    served.close();
    await rm(home, { recursive: true });
  });

  const up = (next: Partial<Wishes> = {}): Promise<UpResult> => {
    wanted = { ...wishes, ...next };
    return stack.up();
  };

  it("create the network, and apply the program's transforms to the component's children", async () => {
    const { outputs, summary } = await up();
    expect(summary.resourceChanges).to.deep.equal({ create: 19 });
    expect(outputs["publicAddresses"]?.value).to.deep.equal([false, false, false, false]);
    const { Subnets } = await (
      await awsClients(target).ec2()
    ).describeSubnets({ Filters: [{ Name: "vpc-id", Values: [text(outputs["vpcId"]?.value)] }] });
    expect(Subnets?.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).to.deep.equal([
      false,
      false,
      false,
      false,
    ]);
  });

  it("change nothing when nothing changed", async () => {
    const { summary } = await up();
    expect(summary.resourceChanges).to.deep.equal({ same: 19 });
  });

  it("change tags in place, and replace resources for other changes", async () => {
    expect((await up({ tags: { Project: "q" } })).summary.resourceChanges).to.deep.equal({
      same: 9,
      update: 10,
    });
    const { summary } = await up({ tags: { Project: "q" }, description: "other servers" });
    expect(summary.resourceChanges).to.deep.equal({ same: 18, replace: 1 });
  });

  it("detect changes outside of Pulumi, and revert them", async () => {
    const ec2 = await awsClients(target).ec2();
    const { outputs } = await up();
    const vpcId = text(outputs["vpcId"]?.value);
    await ec2.createTags({ Resources: [vpcId], Tags: [{ Key: "Project", Value: "someone's" }] });
    const groupId = text(outputs["groupId"]?.value);
    await ec2.deleteSecurityGroup({ GroupId: groupId });
    expect((await stack.refresh()).summary.resourceChanges).to.deep.equal({ same: 17, update: 1, delete: 1 });
    expect((await up()).summary.resourceChanges).to.deep.equal({ same: 17, update: 1, create: 1 });
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [vpcId] });
    expect(Vpcs?.[0]?.Tags).to.deep.include({ Key: "Project", Value: "p" });
  });

  it("keep secrets out of the state", async () => {
    const { outputs } = await up();
    const state = await readFile(path.join(home, ".pulumi/stacks/network/test.json"), "utf8");
    expect(state).to.include("10.20.0.0/16");
    expect(state).not.to.include("hunter2");
    expect(outputs["tagsAll"]).to.deep.equal({ value: { Owner: "hunter2" }, secret: true });
  });

  it("add the tags of the configuration and of an explicit provider, each to its resources", async () => {
    await stack.setConfig("aws:defaultTags.tags.Cost", { value: "42" }, true);
    const given = { tags: { Project: "p" }, ownProvider: true };
    const { outputs, summary } = await up(given);
    // The group, the VPC and the resources that awsx tags, which have the default provider.
    expect(summary.resourceChanges).to.deep.include({ create: 2, update: 11 });
    expect(outputs["vpcTags"]?.value).to.deep.include({ Project: "p", Cost: "42" });
    expect(outputs["ownTags"]?.value).to.deep.equal({ Team: "a", Name: "own" });
    const ec2 = await awsClients(target).ec2();
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [text(outputs["vpcId"]?.value)] });
    expect(Vpcs?.[0]?.Tags).to.deep.include({ Key: "Cost", Value: "42" });
    expect((await up(given)).summary.resourceChanges).to.deep.equal({ same: 21 });
    expect((await stack.refresh()).summary.resourceChanges).to.deep.equal({ same: 21 });
    expect((await up(given)).summary.resourceChanges).to.deep.equal({ same: 21 });
    await stack.removeConfig("aws:defaultTags.tags.Cost", true);
    const { summary: after } = await up();
    expect(after.resourceChanges).to.deep.include({ delete: 2, update: 11 });
  });

  it("refuse an unsupported option by its name", async () => {
    expect(await rejectionOf(up({ poolId: "ipam-1" }))).to.include(
      "ipv4IpamPoolId: the local awsx provider supports only",
    );
  });

  it("delete everything", async () => {
    await up();
    expect((await stack.destroy()).summary.resourceChanges).to.deep.equal({ delete: 19 });
    const { Vpcs } = await (await awsClients(target).ec2()).describeVpcs({});
    expect(Vpcs?.filter(({ IsDefault }) => IsDefault !== true)).to.deep.equal([]);
  });
});

function program({ tags, description, poolId, ownProvider = false }: Wishes) {
  const network = new awsx.ec2.Vpc(
    "net",
    {
      availabilityZoneNames: ["us-east-1a", "us-east-1b"],
      cidrBlock: "10.20.0.0/16",
      natGateways: { strategy: "None" },
      subnetStrategy: "Auto",
      tags,
      ...(poolId === undefined ? {} : { ipv4IpamPoolId: poolId }),
    },
    {
      transforms: [
        ({ type, props, opts }) =>
          type === "aws:ec2/subnet:Subnet"
            ? { props: { ...props, mapPublicIpOnLaunch: false }, opts }
            : undefined,
      ],
    },
  );
  const group = new aws.ec2.SecurityGroup("servers", {
    description,
    tags: { Owner: pulumi.secret("hunter2") },
    vpcId: network.vpcId,
  });
  return Promise.resolve({
    ...(ownProvider ? { ownTags: taggedByItsProvider() } : {}),
    vpcTags: network.vpc.apply(({ tagsAll }) => tagsAll),
    groupId: group.id,
    publicAddresses: network.subnets.apply((subnets) =>
      pulumi.all(subnets.map(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch)),
    ),
    tagsAll: group.tagsAll,
    vpcId: network.vpcId,
  });
}

function taggedByItsProvider() {
  const provider = new aws.Provider("own", { region: "us-east-1", defaultTags: { tags: { Team: "a" } } });
  return new aws.ec2.InternetGateway("own", { tags: { Name: "own" } }, { provider }).tagsAll;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`${JSON.stringify(value)} is no text`);
}
