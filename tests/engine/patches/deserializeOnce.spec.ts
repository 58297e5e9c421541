import * as deserialize from "@pulumi/policy/deserialize";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { deserializeOnce } from "../../../engine/patches/deserializeOnce";

describe("the patch that deserializes properties once", () => {
  let restore: () => void;

  beforeEach(() => {
    restore = deserializeOnce();
  });
  afterEach(() => {
    restore();
  });

  const properties = () => Struct.fromJavaScript({ size: 8, tags: { Name: "disk" } });

  it("returns the same object to every rule that reads a resource", () => {
    const [one, other] = [properties(), properties()];
    const read = deserialize.deserializeProperties(one, false);
    expect(read).to.deep.equal({ size: 8, tags: { Name: "disk" } });
    expect(deserialize.deserializeProperties(one, false)).to.equal(read);
    expect(deserialize.deserializeProperties(other, false)).not.to.equal(read);
  });

  it("returns a new object to every remediation, which writes to it", () => {
    const one = properties();
    const read = deserialize.deserializeProperties(one, false);
    const written = deserialize.deserializeProperties(one, true);
    expect(written).not.to.equal(read);
    expect(deserialize.deserializeProperties(one, true)).not.to.equal(written);
  });

  it("leaves the SDK as it was once it is removed", () => {
    restore();
    const one = properties();
    const read = deserialize.deserializeProperties(one, false);
    expect(deserialize.deserializeProperties(one, false)).not.to.equal(read);
  });
});
