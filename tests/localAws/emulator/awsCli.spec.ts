import { expect } from "chai";
import { readFile } from "node:fs/promises";

import { awsCliEnvironment } from "../../../localAws/emulator";
import { sources } from "../../../localAws/emulator/layout";

const target = { endpoint: "http://127.0.0.1:4577", region: "ap-northeast-2", accountId: "642872260880" };

describe("the AWS CLI's environment", () => {
  it("leads to the stack's account, region and endpoint alone", () => {
    const user = {
      HOME: "/home/kim",
      AWS_PROFILE: "work",
      AWS_SESSION_TOKEN: "token",
      AWS_ENDPOINT_URL_S3: "https://elsewhere",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_DEFAULT_OUTPUT: "yaml",
      PAGER: "less",
    };
    const environment = awsCliEnvironment(user, target);
    expect(environment).to.include({
      HOME: "/home/kim",
      AWS_ENDPOINT_URL: target.endpoint,
      AWS_DEFAULT_REGION: target.region,
      AWS_ACCESS_KEY_ID: target.accountId,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_PAGER: "",
      PAGER: "cat",
    });
    const others = [
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "AWS_ENDPOINT_URL_S3",
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ];
    expect(environment).to.not.have.any.keys(...others, "AWS_DEFAULT_OUTPUT");
  });

  it("keeps a proxy, but not for the emulator", () => {
    const user = { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "example.com" };
    expect(awsCliEnvironment(user, target)).to.include({
      HTTPS_PROXY: "http://proxy:3128",
      NO_PROXY: "example.com,127.0.0.1",
      no_proxy: "example.com,127.0.0.1",
    });
  });
});

describe("the AWS CLI's packages", () => {
  const pinned = async (file: string) =>
    new Map(
      [...(await readFile(file, "utf8")).matchAll(/^([\w-]+)==(\S+)/gm)].map(([, name, version]) => [
        name,
        version,
      ]),
    );

  it("have the versions of the emulator's packages where both need one", async () => {
    const emulator = await pinned(sources.requirements);
    const shared = [...(await pinned(sources.awsCli))].filter(([name]) => emulator.has(name));
    expect(shared).to.not.be.empty;
    expect(shared).to.deep.equal(shared.map(([name]) => [name, emulator.get(name)]));
  });
});
