import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { EC2 } from "@aws-sdk/client-ec2";
import { Lambda } from "@aws-sdk/client-lambda";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { expect } from "chai";

import { startGateway, type Gateway } from "../../../localAws/gateway";
import { useEmulator } from "../../support/emulator";

const kim = { id: "AKIAKIMKIMKIMKIMKIM2", secretAccessKey: "kim/+secret", accountId: "111111111111" };
const lee = { id: "AKIALEELEELEELEELEE2", secretAccessKey: "lee/+secret", accountId: "222222222222" };

async function rejection(promise: Promise<unknown>): Promise<Error> {
  const ended = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (ended instanceof Error) return ended;
  return expect.fail("it was not refused");
}

describe("the gateway of an emulator", () => {
  const emulator = useEmulator();
  let gateway: Gateway;
  let now = () => new Date();
  const url = () => `http://127.0.0.1:${gateway.port}`;
  const config = ({ id, secretAccessKey }: Pick<typeof kim, "id" | "secretAccessKey">) => ({
    endpoint: url(),
    region: "us-east-1",
    credentials: { accessKeyId: id, secretAccessKey },
    maxAttempts: 1,
  });

  before(async () => {
    gateway = await startGateway({
      emulator: emulator.endpoint,
      keyOf: (id) => [kim, lee].find((key) => key.id === id),
      address: "127.0.0.1",
      port: 0,
      now: () => now(),
    });
  });

  after(() => gateway.close());

  it("passes signed requests of every protocol on, each to the account of its key", async () => {
    for (const key of [kim, lee]) {
      expect((await new STS(config(key)).getCallerIdentity({})).Account).to.equal(key.accountId);
    }
    await new EC2(config(kim)).createVpc({ CidrBlock: "10.9.0.0/16" });
    await new SSM(config(kim)).putParameter({ Name: "/a b/한글 (1)*", Value: "~x+y /?&=é", Type: "String" });
    const vpcsOf = async (key: typeof kim) => (await new EC2(config(key)).describeVpcs({})).Vpcs ?? [];
    expect((await vpcsOf(kim)).map(({ CidrBlock }) => CidrBlock)).to.include("10.9.0.0/16");
    expect((await vpcsOf(lee)).map(({ CidrBlock }) => CidrBlock)).to.not.include("10.9.0.0/16");
    const direct = new EC2(emulator.clientConfig(kim.accountId));
    expect((await direct.describeVpcs({})).Vpcs).to.have.length((await vpcsOf(kim)).length);
    expect(
      (await new AutoScaling(config(kim)).describeAutoScalingGroups({})).AutoScalingGroups,
    ).to.deep.equal([]);
    expect((await new Lambda(config(kim)).listFunctions({ MaxItems: 5 })).Functions).to.deep.equal([]);
    expect((await new Scheduler(config(kim)).listSchedules({ NamePrefix: "a.b" })).Schedules).to.deep.equal(
      [],
    );
    // The ARN is a part of the path.
    const Resource = `arn:aws:lambda:us-east-1:${kim.accountId}:function:none`;
    expect((await rejection(new Lambda(config(kim)).listTags({ Resource }))).name).to.equal(
      "ResourceNotFoundException",
    );
    expect((await new CloudWatch(config(kim)).describeAlarms({})).MetricAlarms).to.deep.equal([]);
  });

  it("refuses a wrong secret and an unknown key with AWS's own errors", async () => {
    const wrong = config({ ...kim, secretAccessKey: "guess" });
    const stranger = config({ id: kim.accountId.padEnd(20, "0"), secretAccessKey: "any" });
    expect((await rejection(new EC2(wrong).describeVpcs({}))).name).to.equal("AuthFailure");
    expect((await rejection(new STS(wrong).getCallerIdentity({}))).name).to.equal("SignatureDoesNotMatch");
    expect((await rejection(new Lambda(wrong).listFunctions({}))).name).to.equal("InvalidSignatureException");
    expect((await rejection(new EC2(stranger).describeVpcs({}))).name).to.equal("AuthFailure");
    expect((await rejection(new STS(stranger).getCallerIdentity({}))).name).to.equal("InvalidClientTokenId");
    const unknown = await rejection(new SSM(stranger).describeParameters({}));
    expect(unknown.name).to.equal("UnrecognizedClientException");
  });

  it("refuses the account's id as a key, which opens it on the emulator itself", async () => {
    const id = kim.accountId;
    const { headers } = {
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${id}/20260302/us-east-1/ec2/aws4_request` },
    };
    expect((await fetch(url(), { headers })).status).to.equal(403);
  });

  it("refuses everything unsigned, and the emulator's own API", async () => {
    for (const path of ["/", "/_local/health", "/moto-api/data.json", "/bucket?X-Amz-Credential=x"]) {
      const response = await fetch(`${url()}${path}`);
      expect(response.status, path).to.equal(403);
      expect(await response.text()).to.include("signed with a student's key");
    }
    for (const path of ["_local/health", "moto-api/data.json", "%5flocal/health", "/moto-api/reset"]) {
      const client = new SSM({ ...config(kim), endpoint: `${url()}/${path}` });
      expect((await rejection(client.describeParameters({}))).name, path).to.equal("AccessDeniedException");
    }
  });

  it("refuses a request of another day, as AWS does", async () => {
    now = () => new Date(Date.now() + 3_600_000);
    const { name, message } = await rejection(new EC2(config(kim)).describeVpcs({}));
    now = () => new Date();
    expect(name).to.equal("RequestExpired");
    expect(message).to.include("clock of this computer");
  });

  it("reports an address that is not this machine's", async () => {
    const options = { emulator: emulator.endpoint, keyOf: () => undefined, address: "192.0.2.1", port: 0 };
    expect((await rejection(startGateway(options))).message).to.include(
      "192.0.2.1 is no address of this machine",
    );
  });
});
