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
  throw new Error("the environment was taken");
}

describe("the function's environment", () => {
  it("holds its settings", () => {
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

  it("may name no key pair", () => {
    expect(readSettings({ ...environment, KEY_PAIR_NAME: undefined }).keyPairName).to.equal(undefined);
  });

  for (const name of Object.keys(environment).filter((key) => key !== "KEY_PAIR_NAME")) {
    it(`is refused without ${name}`, () => {
      expect(wrongIn({ [name]: undefined })).to.deep.equal([name]);
      expect(wrongIn({ [name]: "" })).to.deep.equal([name]);
    });
  }

  for (const [name, value] of [
    ["IMAGE_ID", "debian"],
    ["INSTANCE_TYPE", "small"],
    ["SERVER_COUNT", "0"],
    ["SERVER_COUNT", "1e3"],
    ["TIME_TO_LIVE_MINUTES", "-5"],
    ["SUBNET_IDS", "subnet-0a,,subnet-0b"],
    ["SERVER_TAGS", "[]"],
    ["SERVER_TAGS", '{"Team":1}'],
    ["SERVER_TAGS", "Team=web"],
  ] as const) {
    it(`is refused with ${name}=${value}`, () => {
      expect(wrongIn({ [name]: value })).to.deep.equal([name]);
    });
  }

  it("is refused with everything that is wrong with it", () => {
    expect(() => readSettings({})).to.throw(/deploy it again[^]*OWNER: missing[^]*SERVER_TAGS: missing/);
  });
});
