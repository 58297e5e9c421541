import { expect } from "chai";

import { packageManifest, packagesIn } from "../../tools/componentsPackage/manifest";

const own = {
  version: "1.2.3",
  license: "Apache-2.0",
  engines: { node: ">=22" },
  dependencies: { "@pulumi/aws": "7.48.0", esbuild: "0.28.2", yaml: "2.9.1", zod: "4.6.7" },
};

describe("the manifest of the components' package", () => {
  it("lists what the code imports, at once, late or for its types, and nothing else", () => {
    const code = [
      'const aws = require("@pulumi/aws"); const own = require("./names"); require("node:fs"); require("path");',
      'import { z } from "zod/v4";\nconst { build } = await import("esbuild");',
    ];
    expect(packageManifest(own, code).dependencies).to.deep.equal({
      "@pulumi/aws": "^7.48.0",
      zod: "^4.6.7",
    });
  });

  it("names every imported package that the repository has only for its tests", () => {
    const code = ['require("chai")', 'require("@types/node/fs")', 'require("zod")'];
    expect(() => packageManifest(own, code)).to.throw("import @types/node, chai: not in the dependencies");
  });

  it("takes a package's name from the path of its file", () => {
    const code = 'require("@pulumi/pulumi/provider"); import "zod/mini"; import("yaml/util")';
    expect(packagesIn(code)).to.deep.equal(["@pulumi/pulumi", "zod", "yaml"]);
  });
});
