import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { serviceFunctionTypes, serviceResourceTypes } from "../../../../localAws/providers/aws/services";

const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** The SDK's file of a token, read and not run, as the SDK takes seconds to load. */
function sdkSource(token: string): string {
  const [, file = ""] = token.split(":");
  return readFileSync(path.join(sdk, `${file}.js`), "utf8");
}

describe("The service types' tokens", () => {
  it("are those of the SDK's classes, each once", () => {
    const tokens = serviceResourceTypes.map(({ token }) => token);
    expect(new Set(tokens).size).to.equal(tokens.length);
    for (const token of tokens) expect(sdkSource(token)).to.contain(`__pulumiType = '${token}'`);
  });

  it("are those of the SDK's functions", () => {
    for (const { token } of serviceFunctionTypes) expect(sdkSource(token)).to.contain(`invoke("${token}"`);
  });
});
