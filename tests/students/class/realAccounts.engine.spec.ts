import { EC2 } from "@aws-sdk/client-ec2";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { createPrerequisites } from "../../../localAws/prerequisites";
import { debugProviders, serveProviders, type ServedProviders } from "../../../localAws/providers/serve";
import { openClassPlace, type ClassPlace } from "../../support/classRun";

const secret = "s3cret-never-to-be-seen";
const kim = "111111111111";
const instructor = "999999999999";
const lab = {
  hostedZones: [],
  roles: ["LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: ["vockey"],
};

// The emulator replaces AWS: every client and provider uses AWS_ENDPOINT_URL.
describe("a class in real accounts", () => {
  let place: ClassPlace;
  let providers: ServedProviders;

  before(async () => {
    place = await openClassPlace({ real: true });
    const target = { endpoint: place.endpoint, region: "us-east-1", accountId: kim };
    await createPrerequisites(target, lab);
    providers = await serveProviders(target);

    const file = (name: string) => path.join(place.folder, name);
    const credentials = (key: string) => `aws_access_key_id=${key}\naws_secret_access_key=${secret}\n`;
    await writeFile(file("kim.env"), credentials(kim));
    await writeFile(file("park.env"), credentials("222222222222"));
    await writeFile(file("yun.env"), credentials("555555555555"));
    await writeFile(file("aws-credentials"), `[han]\n${credentials("444444444444")}`);
    await place.roster(
      [
        "id,name,account,environmentFile,role,profile,settings.database.deletionProtection",
        `kim,김지훈,${kim},${file("kim.env")},,,true`,
        `lee,Lee,,${file("missing.env")},,,`,
        `park,Park,,${file("park.env")},,,`,
        "choi,Choi,,,arn:aws:iam::333333333333:role/Student,,",
        "han,Han,,,,han,",
        `yun,Yun,666666666666,${file("yun.env")},,,`,
      ].join("\n"),
    );
  });

  after(async () => {
    providers.close();
    await place.close();
  });

  const written: string[] = [];
  const run = async (...words: readonly string[]) => {
    const ended = await place.run(words, {
      AWS_ACCESS_KEY_ID: instructor,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SHARED_CREDENTIALS_FILE: path.join(place.folder, "aws-credentials"),
      PULUMI_DEBUG_PROVIDERS: debugProviders(providers.ports),
    });
    written.push(ended.stderr, ended.stdout);
    return ended;
  };
  const vpcsOf = async (accountId: string) => {
    const credentials = { accessKeyId: accountId, secretAccessKey: secret };
    const ec2 = new EC2({ endpoint: place.endpoint, region: "us-east-1", credentials });
    const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: "tag:Stack", Values: ["kim"] }] });
    return Vpcs.map(({ VpcId }) => VpcId);
  };

  it("lists every blocker of each account before anything is created", async () => {
    await place.emulator.markKey("222222222222", "expired");
    const up = await run("up", "--only", "lee,park,choi,han,yun");
    expect(up.status, up.stderr).to.equal(1);

    expect(up.of("lee").reason).to.match(/The credentials file .*missing\.env does not exist/);
    expect(up.of("park").reason).to.equal("The credentials have expired.");
    expect(up.of("park").remedy).to.match(
      /AWS Details, AWS CLI, into .*park\.env, and run the command again/,
    );
    expect(up.of("yun").reason).to.include(
      "The credentials are for the account 555555555555; the roster has 666666666666.",
    );
    // Both sources are credentials of the student's account, which is not a lab's.
    expect(up.of("choi")).to.include({ accountId: "333333333333" });
    expect(up.of("choi").credentialsExpireAt).to.match(/^\d{4}-\d{2}-\d{2}T/);
    expect(up.of("han")).to.include({ accountId: "444444444444" });
    for (const id of ["choi", "han"]) {
      expect(up.of(id).reason, id).to.include("The account has no role LabRole.");
      expect(up.of(id).reason, id).to.include("The account has no key pair vockey in us-east-1.");
    }
    for (const account of ["222222222222", "333333333333", "444444444444", "555555555555"]) {
      expect(await place.emulator.resources(account), account).to.deep.equal([]);
    }
  });

  it("reports credentials that expire during an up, and resumes with new ones", async () => {
    const cutOff = run("up", "--only", "kim");
    await place.untilLogged("kim", "up", "created aws:ec2/vpc:Vpc");
    await place.emulator.markKey(kim, "expired");
    const expired = await cutOff;
    expect(expired.status, expired.stderr).to.equal(1);
    expect(expired.of("kim").reason).to.match(
      /^The credentials have expired\. .*changes were made and are kept/,
    );
    expect(expired.of("kim").remedy).to.match(
      /AWS Details, AWS CLI, into .*kim\.env, and run the command again/,
    );

    await place.emulator.markKey(kim, "valid");
    const made = await vpcsOf(kim);
    expect(made).to.have.lengthOf(1);
    const up = await run("up", "--only", "kim");
    expect(up.status, up.stderr).to.equal(0);
    expect(up.of("kim").resources).to.be.greaterThan(60);
    expect(await vpcsOf(kim)).to.deep.equal(made);
  });

  it("destroys protected stacks only with --yes", async () => {
    const asked = await run("down", "--only", "kim");
    expect(asked.status).to.equal(1);
    expect(asked.stderr).to.match(/These are protected and are destroyed too, without a final snapshot: kim/);
    expect(asked.stderr).to.include("--yes");
    expect(await vpcsOf(kim)).to.have.lengthOf(1);
  });

  it("lists what remains after down, with its cost", async () => {
    const credentials = { accessKeyId: kim, secretAccessKey: secret };
    const secrets = new SecretsManager({ endpoint: place.endpoint, region: "us-east-1", credentials });
    // Created by hand, with the stack's tags.
    const Tags = [
      { Key: "Stack", Value: "kim" },
      { Key: "ManagedBy", Value: "pulumi" },
    ];
    const { ARN } = await secrets.createSecret({ Name: "by-hand", SecretString: "any", Tags });
    const down = await run("down", "--only", "kim", "--yes");
    expect(down.status, down.stderr).to.equal(0);
    const { left } = down.of("kim");
    expect(left.map(({ what }) => what)).to.deep.equal([ARN]);
    expect(left[0]?.dollarsPerHour).to.be.greaterThan(0);
    expect(await vpcsOf(kim)).to.deep.equal([]);
  });

  it("writes and prints no credentials", async () => {
    const files = (
      await readdir(path.join(place.folder, "students"), { recursive: true, withFileTypes: true })
    ).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).to.include.members(["up.log", "kim.json", "last.json"]);
    for (const { parentPath, name } of files) {
      expect(await readFile(path.join(parentPath, name), "utf8"), name).to.not.include(secret);
    }
    await run("status");
    expect(written.join("")).to.not.include(secret);
  });
});
