import { expect } from "chai";

import { networkSettings } from "../../../components/network/settings";
import { problemsIn } from "../../../components/settings/parse";

const refused = (settings: unknown) => problemsIn(networkSettings, settings).map(({ path }) => path);

describe("the network's settings", () => {
  it("have a default for every setting", () => {
    expect(networkSettings.parse({})).to.deep.equal({
      cidrBlock: "10.20.0.0/16",
      natGateways: "none",
      interfaceEndpoints: "perAz",
      sshFrom: [],
    });
  });

  for (const cidrBlock of ["10.0.0.0/16", "192.168.4.0/24", "172.16.0.0/20"]) {
    it(`accept ${cidrBlock} for a VPC`, () => {
      expect(refused({ cidrBlock })).to.deep.equal([]);
    });
  }

  for (const cidrBlock of [
    "10.0.0.0/15",
    "10.0.0.0/25",
    "10.0.1.0/16",
    "10.0.0/16",
    "256.0.0.0/16",
    "",
    10,
  ]) {
    it(`refuse ${JSON.stringify(cidrBlock)} for a VPC`, () => {
      expect(refused({ cidrBlock })).to.deep.equal(["cidrBlock"]);
    });
  }

  for (const block of [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "10.0.0.0/7",
    "10.0.0.1/8",
    "999.1.1.1/32",
    "me",
  ]) {
    it(`refuse SSH from ${block}`, () => {
      expect(refused({ sshFrom: ["203.0.113.7/32", block] })).to.deep.equal(["sshFrom.1"]);
    });
  }

  it("refuse more SSH sources than a network ACL has rules for, and duplicates", () => {
    const sources = Array.from({ length: 11 }, (_, index) => `203.0.113.${String(index)}/32`);
    expect(refused({ sshFrom: sources.slice(0, 10) })).to.deep.equal([]);
    expect(refused({ sshFrom: sources })).to.deep.equal(["sshFrom"]);
    expect(refused({ sshFrom: ["10.0.0.0/8", "10.0.0.0/8"] })).to.deep.equal(["sshFrom"]);
  });

  for (const zones of [["us-east-1a"], ["us-east-1a", "us-east-1a"], ["us-east-1a", "b"], "us-east-1a"]) {
    it(`refuse the zones ${JSON.stringify(zones)}`, () => {
      expect(refused({ availabilityZones: zones })[0]).to.match(/^availabilityZones/);
    });
  }

  it("refuse a setting that does not exist", () => {
    expect(refused({ natGateway: "none" })).to.deep.equal(["natGateway"]);
  });
});
