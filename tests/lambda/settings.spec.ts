import { expect } from "chai";

import { InvalidInputError } from "../../lambda/problems";
import { readSettings } from "../../lambda/settings";

const environment = {
  OWNER: "wordpress/dev/wordpress",
  IMAGE_ID: "ami-0deb1a13000000001",
  ROOT_DEVICE_NAME: "/dev/xvda",
  INSTANCE_TYPE: "t3.micro",
  KEY_PAIR_NAME: "vockey",
  SERVER_COUNT: "2",
  MAX_RUNNING_SERVERS: "4",
  TIME_TO_LIVE_MINUTES: "60",
  MAX_LATENESS_SECONDS: "900",
  SUBNET_IDS: "subnet-0a,subnet-0b",
  SECURITY_GROUP_IDS: "sg-01",
  SERVER_TAGS: '{"Team":"web"}',
};

function wrongIn(changed: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readSettings({ ...environment, ...changed });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.problems.map(({ path }) => path);
  }
  throw new Error("the variables were accepted");
}

describe("the function's environment variables", () => {
  it("contain the settings", () => {
    expect(readSettings(environment)).to.deep.equal({
      owner: "wordpress/dev/wordpress",
      imageId: "ami-0deb1a13000000001",
      rootDeviceName: "/dev/xvda",
      instanceType: "t3.micro",
      keyPairName: "vockey",
      serverCount: 2,
      maxRunningServers: 4,
      timeToLiveMinutes: 60,
      maxLatenessSeconds: 900,
      subnetIds: ["subnet-0a", "subnet-0b"],
      securityGroupIds: ["sg-01"],
      serverTags: { Team: "web" },
    });
  });

  it("need no key pair", () => {
    expect(readSettings({ ...environment, KEY_PAIR_NAME: undefined }).keyPairName).to.equal(undefined);
  });

  for (const name of Object.keys(environment).filter((key) => key !== "KEY_PAIR_NAME")) {
    it(`are refused without ${name}`, () => {
      expect(wrongIn({ [name]: undefined })).to.deep.equal([name]);
      expect(wrongIn({ [name]: "" })).to.deep.equal([name]);
    });
  }

  for (const [name, value] of [
    ["OWNER", "x".repeat(257)],
    ["IMAGE_ID", "debian"],
    ["IMAGE_ID", "my-ami-0a"],
    ["IMAGE_ID", "ami-0a or so"],
    ["ROOT_DEVICE_NAME", "the disk"],
    ["ROOT_DEVICE_NAME", "/dev/xvda!"],
    ["INSTANCE_TYPE", "small"],
    ["INSTANCE_TYPE", "3t.micro"],
    ["INSTANCE_TYPE", "t3.micro."],
    ["SERVER_COUNT", "0"],
    ["SERVER_COUNT", "1e3"],
    ["TIME_TO_LIVE_MINUTES", "-5"],
    ["SUBNET_IDS", "subnet-0a,,subnet-0b"],
    ["SUBNET_IDS", "subnet-0a,a-subnet-0b"],
    ["SUBNET_IDS", "subnet-0a, subnet-0b"],
    ["SUBNET_IDS", "subnet-0x"],
    ["SECURITY_GROUP_IDS", "sg-01,sg-0z"],
    ["SECURITY_GROUP_IDS", "asg-01"],
    ["SERVER_TAGS", "null"],
    ["SERVER_TAGS", '{"Team":"web","Size":1}'],
    ["SERVER_TAGS", "[]"],
    ["SERVER_TAGS", '{"Team":1}'],
    ["SERVER_TAGS", "Team=web"],
  ] as const) {
    it(`are refused with ${name}=${value}`, () => {
      expect(wrongIn({ [name]: value })).to.deep.equal([name]);
    });
  }

  for (const [name, value] of [
    ["OWNER", "x".repeat(256)],
    ["INSTANCE_TYPE", "u-6tb1.56xlarge"],
    ["ROOT_DEVICE_NAME", "xvda"],
    ["SERVER_COUNT", "9999999"],
    ["SERVER_TAGS", "{}"],
  ] as const) {
    it(`are accepted with ${name}=${value.slice(0, 20)}`, () => {
      expect(() => readSettings({ ...environment, [name]: value })).not.to.throw();
    });
  }

  it("are refused with every error and what is allowed", () => {
    const allowed = {
      OWNER: "1 to 256 characters",
      IMAGE_ID: "an AMI id",
      ROOT_DEVICE_NAME: "a device name, e.g. /dev/xvda",
      INSTANCE_TYPE: "an EC2 instance type, e.g. t3.micro",
      SERVER_COUNT: "a whole number of 1 or more",
      MAX_RUNNING_SERVERS: "a whole number of 1 or more",
      TIME_TO_LIVE_MINUTES: "a whole number of 1 or more",
      MAX_LATENESS_SECONDS: "a whole number of 1 or more",
      SUBNET_IDS: "subnet ids, separated by commas",
      SECURITY_GROUP_IDS: "security group ids, separated by commas",
      SERVER_TAGS: 'a JSON object of strings, e.g. {"Team":"web"}',
    };
    const lines = Object.entries(allowed).map(([name, text]) => `${name}: missing - allowed: ${text}`);
    expect(() => readSettings({})).to.throw(InvalidInputError, lines.map((line) => `  ${line}`).join("\n"));
    expect(() => readSettings({})).to.throw(
      "The function's environment variables are wrong. Run pulumi up to deploy it again",
    );
  });
});
