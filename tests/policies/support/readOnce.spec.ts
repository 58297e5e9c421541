import * as deserialize from "@pulumi/policy/deserialize";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createRequire } from "node:module";

import readOnce from "../../../policies/support/readOnce";

const { deserializeProperties } = deserialize;

describe("properties that all rules read", () => {
  before(readOnce);
  after(() => {
    const sdk: unknown = createRequire(__filename)("@pulumi/policy/deserialize");
    if (typeof sdk === "object" && sdk !== null)
      Reflect.set(sdk, "deserializeProperties", deserializeProperties);
    expect(deserialize.deserializeProperties).to.equal(deserializeProperties);
  });

  const properties = () => Struct.fromJavaScript({ size: 8, tags: { Name: "disk" } });

  it("are the SDK's, made once for each resource", () => {
    const [one, other] = [properties(), properties()];
    const made = deserialize.deserializeProperties(one, false);
    expect(made).to.deep.equal({ size: 8, tags: { Name: "disk" } });
    expect(deserialize.deserializeProperties(one, false)).to.equal(made);
    expect(deserialize.deserializeProperties(other, false)).not.to.equal(made);
  });

  it("are made anew for a remedy, which writes to them", () => {
    const one = properties();
    const read = deserialize.deserializeProperties(one, false);
    const written = deserialize.deserializeProperties(one, true);
    expect(written).not.to.equal(read);
    expect(deserialize.deserializeProperties(one, true)).not.to.equal(written);
  });
});
