import { expect } from "chai";

import { metadataOptionsOf } from "../../../../../policies/support/views/servers/metadata";
import { anyFixture } from "../../fixture";

const optionsOf = (type: string, props: object) => [...metadataOptionsOf(anyFixture(type, "one", props))];
const options = { httpTokens: "required" };
const beanstalk = "aws:elasticbeanstalk/environment:Environment";
const disableV1 = (value: string) => ({
  settings: [{ namespace: "aws:autoscaling:launchconfiguration", name: "DisableIMDSv1", value }],
});

describe("the options of the metadata service", () => {
  for (const type of [
    "aws:ec2/instance:Instance",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    "aws:ec2/launchTemplate:LaunchTemplate",
  ]) {
    it(`are those of ${type}, or missing`, () => {
      expect(optionsOf(type, { metadataOptions: options })).to.deep.equal([
        { at: "metadataOptions", value: options },
      ]);
      expect(optionsOf(type, {})).to.deep.equal([{ at: "metadataOptions", value: undefined }]);
    });
  }

  it("are those of an instance although it has a template", () => {
    const props = { launchTemplate: { id: "lt-1" }, metadataOptions: options };
    expect(optionsOf("aws:ec2/instance:Instance", props)).to.deep.equal([
      { at: "metadataOptions", value: options },
    ]);
  });

  it("are left to an instance's template", () => {
    expect(optionsOf("aws:ec2/instance:Instance", { launchTemplate: { id: "lt-1" } })).to.deep.equal([]);
  });

  it("do not exist in a specification of a Spot Fleet", () => {
    expect(
      optionsOf("aws:ec2/spotFleetRequest:SpotFleetRequest", { launchSpecifications: [{}] }),
    ).to.deep.equal([]);
  });

  it("are the account's default only where it makes tokens optional", () => {
    const type = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
    expect(optionsOf(type, { httpTokens: "optional" })).to.deep.equal([
      { at: "", value: { httpTokens: "optional" } },
    ]);
    for (const httpTokens of ["required", "no-preference", undefined])
      expect(optionsOf(type, { httpTokens })).to.deep.equal([]);
  });

  it("are those of the builders of images", () => {
    const type = "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration";
    expect(optionsOf(type, { instanceMetadataOptions: options })).to.deep.equal([
      { at: "instanceMetadataOptions", value: options },
    ]);
  });

  it("require tokens in a notebook by its minimum version 2 alone", () => {
    const type = "aws:sagemaker/notebookInstance:NotebookInstance";
    const tokensOf = (props: object) => optionsOf(type, props).map(({ value }) => value?.httpTokens);
    const version = (minimumInstanceMetadataServiceVersion: string) => ({
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion },
    });
    expect(tokensOf(version("2"))).to.deep.equal(["required"]);
    expect(tokensOf(version("1"))).to.deep.equal([undefined]);
    expect(tokensOf({})).to.deep.equal([undefined]);
    expect(optionsOf(type, {})[0]?.at).to.equal("instanceMetadataServiceConfiguration");
  });

  it("leave tokens optional in Elastic Beanstalk where version 1 is not disabled", () => {
    for (const value of ["false", "False", "FALSE"])
      expect(optionsOf(beanstalk, disableV1(value))).to.deep.equal([
        { at: "settings[0].value", value: { httpTokens: "optional" } },
      ]);
    expect(optionsOf(beanstalk, disableV1("true"))).to.deep.equal([]);
  });
});
