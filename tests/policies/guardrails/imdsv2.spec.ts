import { expect } from "chai";

import { imdsv2 } from "../../../policies/guardrails/rules/imdsv2";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { remediate } from "../support/judge";

const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" },
});
const server = fixture("aws:ec2/instance:Instance", "builder", {
  metadataOptions: { httpTokens: "required" },
});
const expected = { at: "metadataOptions.httpTokens", allowed: '"required"' };

describe("imdsv2", () => {
  itPasses(imdsv2, "IMDSv2 only", template, server);
  itPasses(
    imdsv2,
    "a server without a metadata service",
    spoil(server, { metadataOptions: { httpEndpoint: "disabled" } }),
  );
  for (const httpTokens of ["optional", undefined]) {
    const metadataOptions = { httpTokens };
    const changed = spoil(template, { metadataOptions });
    itRefuses(imdsv2, `a template with httpTokens ${String(httpTokens)}`, changed, {
      ...expected,
      value: httpTokens,
    });
    itRefuses(imdsv2, `a server with httpTokens ${String(httpTokens)}`, spoil(server, { metadataOptions }), {
      ...expected,
      value: httpTokens,
    });
  }
  itRefuses(imdsv2, "an instance without metadata options", spoil(server, { metadataOptions: undefined }), {
    ...expected,
    value: undefined,
  });

  it("sets httpTokens and changes no other metadata option", async () => {
    for (const good of [template, server]) {
      const metadataOptions = { httpTokens: "optional", httpPutResponseHopLimit: 1 };
      const remediated = await remediate(imdsv2, { ...good, props: { metadataOptions, imageId: "ami-1" } });
      expect(remediated).to.deep.equal({
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
        imageId: "ami-1",
      });
    }
  });
});
