import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { decideLaunch } from "../../lambda/decide";
import { connect } from "../../lambda/ec2";
import { createEc2Client, maxAttempts } from "../../lambda/ec2Client";
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

const xmlns = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';
const noServers = {
  body: `<DescribeInstancesResponse ${xmlns}><reservationSet/></DescribeInstancesResponse>`,
};
const instance = (id: string, tags: Readonly<Record<string, string>>) => `
  <item><instanceId>${id}</instanceId><instanceState><code>16</code><name>running</name></instanceState>
  <launchTime>2026-01-05T00:00:03.000Z</launchTime><tagSet>${Object.entries(tags)
    .map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`)
    .join("")}</tagSet></item>`;
const reservation = (...instances: readonly string[]) =>
  `<item><reservationId>r-1</reservationId><instancesSet>${instances.join("")}</instancesSet></item>`;
const started = (...ids: readonly string[]) => ({
  body: `<RunInstancesResponse ${xmlns}><instancesSet>${ids.map((id) => instance(id, {})).join("")}</instancesSet></RunInstancesResponse>`,
});

/** What the test changed in this process's environment, to restore it. */
const environmentBefore = { ...process.env };
let server: Ec2Server | undefined;

const noLimit = new AbortController().signal;

/** The launcher's EC2 with a server that answers in this order. The SDK reads its endpoint from the environment. */
async function start(answers: readonly Answer[], { timeLimit = noLimit, respond = 30_000 } = {}) {
  const { environment, forms, headers } = (server = await startEc2Server(answers));
  Object.assign(process.env, environment);
  const client = createEc2Client(process.env, { connect: 30_000, respond });
  return { forms, headers, ec2: connect(client, settings, timeLimit) };
}

async function stop(): Promise<void> {
  for (const name of Object.keys(process.env)) {
    if (!(name in environmentBefore)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, environmentBefore);
  await server?.close();
  server = undefined;
}

async function errorOf(result: Promise<unknown>): Promise<unknown> {
  try {
    await result;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("the launcher's requests to EC2", () => {
  afterEach(stop);

  it("run servers with every parameter that protects them, and the client token", async () => {
    const { plan, call } = firstCall();
    const { ec2, forms } = await start([started()]);
    await ec2.run(plan, call);
    const tags = Object.entries({
      ...settings.serverTags,
      [tagKeys.owner]: settings.owner,
      [tagKeys.clientToken]: call.clientToken,
      [tagKeys.parameters]: "serverCount=2 timeToLiveMinutes=60",
      [tagKeys.plannedTime]: "2026-01-05T00:00:00.000Z",
      [tagKeys.expiresAt]: "2026-01-05T01:00:00.000Z",
    });
    const tagged = ["instance", "volume", "network-interface"].flatMap((type, place) => [
      [`TagSpecification.${String(place + 1)}.ResourceType`, type],
      ...tags.flatMap(([key, value], tag) => [
        [`TagSpecification.${String(place + 1)}.Tag.${String(tag + 1)}.Key`, key],
        [`TagSpecification.${String(place + 1)}.Tag.${String(tag + 1)}.Value`, value],
      ]),
    ]);
    expect(Object.fromEntries(forms[0] ?? [])).to.deep.equal({
      Action: "RunInstances",
      Version: "2016-11-15",
      ImageId: settings.imageId,
      InstanceType: "t3.micro",
      KeyName: "vockey",
      MinCount: "1",
      MaxCount: "1",
      ClientToken: call.clientToken,
      "NetworkInterface.1.DeviceIndex": "0",
      "NetworkInterface.1.SubnetId": call.subnetId,
      "NetworkInterface.1.SecurityGroupId.1": "sg-01",
      "NetworkInterface.1.SecurityGroupId.2": "sg-02",
      "NetworkInterface.1.AssociatePublicIpAddress": "false",
      "NetworkInterface.1.DeleteOnTermination": "true",
      "MetadataOptions.HttpTokens": "required",
      "MetadataOptions.HttpPutResponseHopLimit": "1",
      "MetadataOptions.HttpEndpoint": "enabled",
      "BlockDeviceMapping.1.DeviceName": "/dev/xvda",
      "BlockDeviceMapping.1.Ebs.Encrypted": "true",
      "BlockDeviceMapping.1.Ebs.VolumeType": "gp3",
      "BlockDeviceMapping.1.Ebs.DeleteOnTermination": "true",
      InstanceInitiatedShutdownBehavior: "terminate",
      ...Object.fromEntries(tagged),
    });
  });

  it("find servers by the owner tag, and terminate one server", async () => {
    const { ec2, forms } = await start([noServers, { body: `<TerminateInstancesResponse ${xmlns}/>` }]);
    expect(await ec2.ownServers()).to.deep.equal([]);
    await ec2.terminate("i-0a1b");
    expect(forms.map((form) => Object.fromEntries(form))).to.deep.equal([
      {
        Action: "DescribeInstances",
        Version: "2016-11-15",
        "Filter.1.Name": "tag:launcher:owner",
        "Filter.1.Value.1": settings.owner,
      },
      { Action: "TerminateInstances", Version: "2016-11-15", "InstanceId.1": "i-0a1b" },
    ]);
  });

  it("return the ids of the started servers", async () => {
    const { plan, call } = firstCall();
    const { ec2 } = await start([started("i-1", "i-2")]);
    expect(await ec2.run(plan, call)).to.deep.equal(["i-1", "i-2"]);
  });

  it("read all pages of servers, with the launch from their tags", async () => {
    const tags = {
      [tagKeys.expiresAt]: "2026-01-05T01:00:00.000Z",
      [tagKeys.parameters]: "serverCount=1 timeToLiveMinutes=60",
      [tagKeys.clientToken]: "abc-0",
    };
    const { ec2, forms } = await start([
      {
        body: `<DescribeInstancesResponse ${xmlns}><reservationSet>${reservation(instance("i-1", tags), instance("i-2", {}))}
          ${reservation(instance("i-3", { [tagKeys.expiresAt]: "soon" }))}</reservationSet><nextToken>more</nextToken>
          </DescribeInstancesResponse>`,
      },
      {
        body: `<DescribeInstancesResponse ${xmlns}><reservationSet>${reservation(instance("i-4", tags))}</reservationSet>
          <nextToken/></DescribeInstancesResponse>`,
      },
    ]);
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

  it("refuse an instance type of no known form", async () => {
    const { plan, call } = firstCall();
    const { environment } = (server = await startEc2Server([]));
    const wrong = { ...settings, instanceType: "large" };
    const ec2 = connect(createEc2Client(environment), wrong, noLimit);
    expect(await errorOf(ec2.run(plan, call)))
      .to.have.property("message")
      .that.contains("large");
  });
});

describe("a request to EC2 that fails for a while", () => {
  afterEach(stop);

  const failures: Readonly<Record<string, Answer>> = {
    "EC2 throttles it": { status: 503, body: ec2Refusal("RequestLimitExceeded", "Request limit exceeded.") },
    "EC2 throttles it with status 400": { status: 400, body: ec2Refusal("Throttling", "Rate exceeded") },
    "EC2 is unavailable": { status: 503, body: ec2Refusal("Unavailable", "Try again later") },
    "EC2 has an internal error": { status: 500, body: ec2Refusal("InternalError", "An internal error") },
    "a gateway answers": { status: 502, body: "Bad gateway" },
    "a gateway answers in HTML": { status: 504, body: "<html><body>Gateway timeout</body></html>" },
    "a response has no body": { status: 503, body: "" },
    "the connection resets": "reset",
    "the connection resets within the response": "resetInBody",
    "no response comes": "silence",
    "the response stops": "silenceInBody",
  };
  for (const [reason, failure] of Object.entries(failures)) {
    it(`repeats with the same client token when ${reason}`, async () => {
      const { plan, call } = firstCall();
      const respond = failure === "silence" || failure === "silenceInBody" ? 2_000 : undefined;
      // On a busy machine the first response may come too late, so that the client asks once more.
      const { ec2, forms } = await start([failure, failure, started("i-1"), started("i-1")], { respond });
      expect(await ec2.run(plan, call)).to.deep.equal(["i-1"]);
      expect(forms).to.have.length.of.at.least(3);
      expect(new Set(forms.map(String))).to.have.property("size", 1);
      expect(forms[0]?.get("ClientToken")).to.equal(call.clientToken);
    });
  }

  it("is signed again with EC2's time when the function's clock is wrong", async () => {
    const hour = 3_600_000;
    const answer = { status: 400, body: ec2Refusal("RequestExpired", "Request has expired.") };
    const { ec2, headers } = await start([
      { ...answer, headers: { date: new Date(Date.now() + hour).toUTCString() } },
      noServers,
    ]);
    await ec2.ownServers();
    const signedAt = headers.map((header) =>
      Date.parse(String(header["x-amz-date"]).replace(/^(....)(..)(..T..)(..)(..)Z$/, "$1-$2-$3:$4:$5Z")),
    );
    expect((signedAt[1] ?? 0) - (signedAt[0] ?? 0)).to.be.within(hour / 2, hour * 2);
  });

  it("fails with EC2's last error after the fourth attempt", async () => {
    const busy = { status: 503, body: ec2Refusal("Unavailable", "Try again later") };
    const { ec2, forms } = await start([busy, busy, busy, busy, noServers]);
    expect(await errorOf(ec2.ownServers())).to.include({ name: "Unavailable", message: "Try again later" });
    expect(maxAttempts).to.equal(4);
    expect(forms).to.have.lengthOf(maxAttempts);
  });
});

describe("a request to EC2 that fails", () => {
  afterEach(stop);

  for (const [status, code] of [
    [403, "UnauthorizedOperation"],
    [400, "InvalidSubnetID.NotFound"],
    [400, "IdempotentParameterMismatch"],
    [400, "InstanceLimitExceeded"],
    [401, "AuthFailure"],
  ] as const) {
    it(`keeps EC2's code and message, and does not repeat, when EC2 refuses it (${code})`, async () => {
      const { ec2, forms } = await start([{ status, body: ec2Refusal(code, "You may not &amp; will not.") }]);
      expect(await errorOf(ec2.terminate("i-1"))).to.include({
        name: code,
        message: "You may not & will not.",
      });
      expect(forms).to.have.lengthOf(1);
    });
  }

  for (const [what, answer, message] of [
    [
      "text",
      { status: 400, body: "try later" },
      "EC2's endpoint answered without an EC2 error code: try later",
    ],
    ["HTML", { status: 400, body: "<html>bad</html>" }, "EC2's endpoint answered without an EC2 error code"],
    ["nothing", { status: 400, body: "" }, "EC2's endpoint answered without an EC2 error code"],
  ] as const) {
    it(`reports the HTTP status when the response is ${what}`, async () => {
      const { ec2 } = await start([answer]);
      expect(await errorOf(ec2.terminate("i-1"))).to.include({ name: "Status400", message });
    });
  }

  it("keeps Node's error when nothing listens at the endpoint", async () => {
    const { ec2 } = await start([]);
    await server?.close();
    expect(await errorOf(ec2.ownServers())).to.include({ code: "ECONNREFUSED" });
  });

  it("keeps the network's error when the last attempt's response breaks off", async () => {
    const cut: readonly Answer[] = ["resetInBody", "resetInBody", "resetInBody", "resetInBody"];
    const { ec2 } = await start(cut);
    expect(await errorOf(ec2.ownServers())).to.include({ code: "ECONNRESET" });
  });

  it("is a time-out when no attempt gets a response", async () => {
    const { ec2, forms } = await start(["silence", "silence", "silence", "silence"], { respond: 300 });
    expect(await errorOf(ec2.ownServers())).to.include({ name: "TimeoutError" });
    expect(forms).to.have.lengthOf(4);
  });

  it("sends nothing when the environment has no credentials, also when the process has some", async () => {
    const { forms } = await start([noServers]);
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
      const environment = { ...process.env, [name]: undefined };
      const ec2 = connect(createEc2Client(environment), settings, noLimit);
      expect(await errorOf(ec2.ownServers()))
        .to.have.property("message")
        .that.contains(`${name} is not set`);
    }
    expect(forms).to.have.lengthOf(0);
  });
});

describe("a request to EC2 at the function's time limit", () => {
  afterEach(stop);
  const busy = { status: 503, body: ec2Refusal("RequestLimitExceeded", "Request limit exceeded.") };

  for (const [when, answers] of [
    ["while it waits for the response", ["silence", noServers]],
    ["within the response", ["silenceInBody", noServers]],
    ["between two attempts", [busy, busy, busy, busy]],
  ] as const) {
    it(`stops ${when}, names the setting, and does not repeat`, async () => {
      const limit = new AbortController();
      const { ec2, forms } = await start(answers, { timeLimit: limit.signal });
      const failed = errorOf(ec2.ownServers());
      while (forms.length === 0) await sleep(5);
      limit.abort();
      expect(await failed)
        .to.include({ name: "TimeLimitError" })
        .and.to.have.property("message")
        .that.contains("launcher.timeoutSeconds");
      expect(forms.length).to.be.lessThan(answers.length);
    });
  }

  it("is not sent once the limit has passed", async () => {
    const { ec2, forms } = await start([noServers], { timeLimit: AbortSignal.abort() });
    expect(await errorOf(ec2.terminate("i-1"))).to.include({ name: "TimeLimitError" });
    expect(forms).to.have.lengthOf(0);
  });
});
