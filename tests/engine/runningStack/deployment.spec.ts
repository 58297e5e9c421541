import { expect } from "chai";

import {
  readCheckpointFile,
  readExport,
  resourcesOf,
  stackNameIn,
} from "../../../engine/runningStack/deployment";

const urn = "urn:pulumi:prod-eu::wordpress::pulumi:pulumi:Stack::wordpress-prod-eu";
const deployment = {
  manifest: { magic: "x" },
  resources: [{ urn, type: "pulumi:pulumi:Stack", custom: false }],
};

describe("a stack's state", () => {
  it("is read from the output of pulumi stack export, whole", () => {
    const text = JSON.stringify({ version: 3, deployment });
    expect(readExport(text)).to.deep.equal({ version: 3, deployment });
    expect(resourcesOf({ version: 3, deployment })).to.have.length(1);
  });

  it("is read from a file of the file backend", () => {
    const text = JSON.stringify({ version: 3, checkpoint: { stack: "s", latest: deployment } });
    expect(readCheckpointFile(text)).to.deep.equal({ version: 3, deployment });
    const empty = readCheckpointFile(
      JSON.stringify({ version: 3, checkpoint: { stack: "s", latest: null } }),
    );
    expect(empty === undefined ? undefined : resourcesOf(empty)).to.deep.equal([]);
  });

  it("names its stack", () => {
    expect(stackNameIn({ version: 3, deployment })).to.equal("prod-eu");
    expect(stackNameIn({ version: 3, deployment: { resources: [] } })).to.equal(undefined);
  });

  it("is not read from another text", () => {
    for (const text of [
      "",
      "{",
      "[]",
      "{}",
      '{ "version": 3 }',
      '{"version":3,"deployment":{"resources":[{}]}}',
    ]) {
      expect(readExport(text), text).to.equal(undefined);
      expect(readCheckpointFile(text), text).to.equal(undefined);
    }
  });
});
