import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { decideLaunch } from "../../lambda/decide";
import { connect } from "../../lambda/ec2";
import { ec2Caller } from "../../lambda/ec2Query";
import { tagKeys } from "../../lambda/server";
import type { Settings } from "../../lambda/settings";
import { type Answer, ec2Refusal, type Ec2Server, startEc2Server } from "./ec2Server";
import { settings as common } from "./fakeEc2";

const settings: Settings = {
  ...common,
  keyPairName: "vockey",
  securityGroupIds: ["sg-01", "sg-02"],
  serverTags: { Course: "클라우드 & more", Empty: "" },
};
const plannedAt = Date.parse("2026-01-05T00:00:00Z");

function firstCall() {
  const request = { action: "launch", identity: "weekdays", plannedAt, serverCount: 2 } as const;
  const limits = { timeToLiveMinutes: 60, maxRunningServers: 4 };
  const decision = decideLaunch({ ...request, ...limits }, settings, [], plannedAt);
  const call = decision.kind === "launch" ? decision.plan.calls[0] : undefined;
  if (decision.kind !== "launch" || call === undefined) throw new Error("no call");
  return { plan: decision.plan, call };
}

const noServers = "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>";
const instance = (id: string, tags: Readonly<Record<string, string>>) => `
  <item><instanceId>${id}</instanceId><instanceState><code>16</code><name>running</name></instanceState>
  <launchTime>2026-01-05T00:00:03.000Z</launchTime><tagSet>${Object.entries(tags)
    .map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`)
    .join("")}</tagSet></item>`;
const reservation = (...instances: readonly string[]) =>
  `<item><reservationId>r-1</reservationId><instancesSet>${instances.join("")}</instancesSet></item>`;

describe("the launcher's EC2", () => {
  let server: Ec2Server | undefined;

  async function start(...answers: readonly Answer[]) {
    const started = await startEc2Server(answers);
    server = started;
    return { ...started, ec2: connect(ec2Caller(started.environment), settings) };
  }
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** What the SDK's own client sends for the same. */
  async function officialForm(
    send: (client: EC2Client) => Promise<unknown>,
  ): Promise<Readonly<Record<string, string>>> {
    const official = await startEc2Server([{ body: noServers }]);
    try {
      const client = new EC2Client({
        endpoint: official.environment["AWS_ENDPOINT_URL"] ?? "",
        region: "eu-central-1",
        credentials: { accessKeyId: "1", secretAccessKey: "2" },
      });
      await send(client);
      return Object.fromEntries(official.forms[0] ?? []);
    } finally {
      await official.close();
    }
  }

  it("is asked to run servers in the very words of the SDK's client", async () => {
    const { plan, call } = firstCall();
    const { ec2, forms } = await start({
      body: "<RunInstancesResponse><instancesSet/></RunInstancesResponse>",
    });
    await ec2.run(plan, call);
    const tags = Object.entries({
      ...settings.serverTags,
      [tagKeys.owner]: settings.owner,
      [tagKeys.clientToken]: call.clientToken,
      [tagKeys.parameters]: "serverCount=2 timeToLiveMinutes=60",
      [tagKeys.plannedTime]: "2026-01-05T00:00:00.000Z",
      [tagKeys.expiresAt]: "2026-01-05T01:00:00.000Z",
    }).map(([Key, Value]) => ({ Key, Value }));
    expect(Object.fromEntries(forms[0] ?? [])).to.deep.equal(
      await officialForm((client) =>
        client.send(
          new RunInstancesCommand({
            ImageId: settings.imageId,
            InstanceType: "t3.micro",
            KeyName: "vockey",
            MinCount: 1,
            MaxCount: 1,
            ClientToken: call.clientToken,
            NetworkInterfaces: [
              {
                DeviceIndex: 0,
                SubnetId: call.subnetId,
                Groups: ["sg-01", "sg-02"],
                AssociatePublicIpAddress: false,
                DeleteOnTermination: true,
              },
            ],
            MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
            BlockDeviceMappings: [
              {
                DeviceName: "/dev/xvda",
                Ebs: { Encrypted: true, VolumeType: "gp3", DeleteOnTermination: true },
              },
            ],
            InstanceInitiatedShutdownBehavior: "terminate",
            TagSpecifications: [
              { ResourceType: "instance", Tags: tags },
              { ResourceType: "volume", Tags: tags },
              { ResourceType: "network-interface", Tags: tags },
            ],
          }),
        ),
      ),
    );
  });

  it("is asked for its servers, and to end one, in the very words of the SDK's client", async () => {
    const { ec2, forms } = await start({ body: noServers }, { body: "<TerminateInstancesResponse/>" });
    await ec2.ownServers();
    await ec2.terminate("i-0a1b");
    const Filters = [{ Name: "tag:launcher:owner", Values: [settings.owner] }];
    expect(Object.fromEntries(forms[0] ?? [])).to.deep.equal(
      await officialForm((client) => client.send(new DescribeInstancesCommand({ Filters }))),
    );
    expect(Object.fromEntries(forms[1] ?? [])).to.deep.equal(
      await officialForm((client) => client.send(new TerminateInstancesCommand({ InstanceIds: ["i-0a1b"] }))),
    );
  });

  it("is asked with a signature for its service, region and session", async () => {
    const { ec2, headers } = await start({ body: noServers });
    await ec2.ownServers();
    expect(headers[0]).to.have.property("x-amz-security-token", "token");
    expect(headers[0])
      .to.have.property("authorization")
      .that.matches(/^AWS4-HMAC-SHA256 Credential=123456789012\/\d{8}\/eu-central-1\/ec2\/aws4_request,/);
  });

  it("tells of servers, page by page, with what their tags remember", async () => {
    const tags = {
      [tagKeys.expiresAt]: "2026-01-05T01:00:00.000Z",
      [tagKeys.parameters]: "serverCount=1 timeToLiveMinutes=60",
      [tagKeys.clientToken]: "abc-0",
    };
    const { ec2, forms } = await start(
      {
        body: `<DescribeInstancesResponse><reservationSet>${reservation(instance("i-1", tags), instance("i-2", {}))}
          ${reservation(instance("i-3", { [tagKeys.expiresAt]: "soon" }))}</reservationSet><nextToken>more</nextToken>
          </DescribeInstancesResponse>`,
      },
      {
        body: `<DescribeInstancesResponse><reservationSet>${reservation(instance("i-4", tags))}</reservationSet>
          </DescribeInstancesResponse>`,
      },
    );
    const servers = await ec2.ownServers();
    expect(servers.map(({ id }) => id)).to.deep.equal(["i-1", "i-2", "i-3", "i-4"]);
    expect(forms[1]?.get("NextToken")).to.equal("more");
    expect(servers[0]).to.deep.equal({
      id: "i-1",
      state: "running",
      launchedAt: Date.parse("2026-01-05T00:00:03Z"),
      expiresAt: Date.parse("2026-01-05T01:00:00Z"),
      parameters: "serverCount=1 timeToLiveMinutes=60",
      clientToken: "abc-0",
    });
    expect(servers[1]).to.include({ expiresAt: undefined, clientToken: undefined });
    expect(servers[2]).to.include({ expiresAt: undefined });
  });

  it("gives the ids of what it started", async () => {
    const { plan, call } = firstCall();
    const { ec2 } = await start({
      body: `<RunInstancesResponse><instancesSet>${instance("i-1", {})}${instance("i-2", {})}</instancesSet></RunInstancesResponse>`,
    });
    expect(await ec2.run(plan, call)).to.deep.equal(["i-1", "i-2"]);
  });

  it("refuses by its own codes and words", async () => {
    const refusal = ec2Refusal("UnauthorizedOperation", "You are not authorized &amp; will not be.");
    const { ec2, forms } = await start({ status: 403, body: refusal });
    let error: unknown;
    await ec2.terminate("i-1").catch((refused: unknown) => (error = refused));
    expect(error).to.include({
      name: "UnauthorizedOperation",
      message: "You are not authorized & will not be.",
      status: 403,
    });
    expect(forms).to.have.lengthOf(1);
  });

  it("is asked again, in the same words, when it is too busy or in trouble", async () => {
    const { plan, call } = firstCall();
    const { ec2, forms } = await start(
      { status: 503, body: ec2Refusal("RequestLimitExceeded", "Request limit exceeded.") },
      { status: 502, body: "Bad gateway" },
      {
        body: `<RunInstancesResponse><instancesSet>${instance("i-1", {})}</instancesSet></RunInstancesResponse>`,
      },
    );
    expect(await ec2.run(plan, call)).to.deep.equal(["i-1"]);
    expect(forms).to.have.lengthOf(3);
    expect(forms.map(String)).to.deep.equal([String(forms[0]), String(forms[0]), String(forms[0])]);
  });

  it("is given up after a few tries", async () => {
    const busy = { status: 503, body: ec2Refusal("Unavailable", "Try again later") };
    const { ec2, forms } = await start(busy, busy, busy, busy, { body: noServers });
    let error: unknown;
    await ec2.ownServers().catch((refused: unknown) => (error = refused));
    expect(error).to.include({ name: "Unavailable" });
    expect(forms).to.have.lengthOf(4);
  });

  it("needs what Lambda's environment always has", () => {
    expect(() => ec2Caller({})).to.throw("AWS_REGION is not set");
  });
});
