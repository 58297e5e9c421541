import { expect } from "chai";

import { attribute, type Owner } from "../../../students/inventory/origin";
import type { Kind, Resource, Tags } from "../../../students/inventory/resource";

const stackOf = (id: string): Tags => ({ Project: "wordpress", Stack: id, ManagedBy: "pulumi", Student: id });
const alone: Owner = { id: "kim", sharesAccount: false, ownKeyPairs: ["vockey"] };
const shared: Owner = { ...alone, sharesAccount: true };

function resource(
  kind: Kind,
  id: string,
  uses: readonly string[] = [],
  more: Partial<Resource> = {},
): Resource {
  return {
    kind,
    id,
    detail: "",
    tags: {},
    createdAt: undefined,
    dollarsPerHour: 0,
    running: false,
    uses,
    ...more,
  };
}

function originsOf(resources: readonly Resource[], owner: Owner) {
  const networks = new Map([
    ["vpc-kim", stackOf("kim")],
    ["vpc-lee", stackOf("lee")],
    ["vpc-default", {}],
  ]);
  return Object.fromEntries(
    attribute({ resources, past: [], networks }, owner).map(({ resource: { id }, origin }) => [id, origin]),
  );
}

describe("the origin of a resource", () => {
  it("is the stack that its tags name", () => {
    const resources = [
      resource("server", "kims", [], { tags: stackOf("kim") }),
      resource("server", "lees", [], { tags: stackOf("lee") }),
      resource("server", "foreign", [], { tags: { ...stackOf("kim"), Project: "another" } }),
    ];
    expect(originsOf(resources, alone)).to.deep.equal({ kims: "stack", lees: "other", foreign: "other" });
  });

  it("is the student's hand for everything else in the student's own account", () => {
    expect(
      originsOf([resource("volume", "v"), resource("server", "s", ["vpc-default"])], alone),
    ).to.deep.equal({
      v: "hand",
      s: "hand",
    });
  });

  it("is the student whose VPC it is in, or whose resource it comes from, in a shared account", () => {
    const resources = [
      resource("server", "i-kim", ["vpc-kim"], { aliases: ["eni-kim"] }),
      resource("server", "i-lee", ["vpc-lee"]),
      resource("server", "i-any", ["vpc-default"]),
      resource("volume", "vol-kim", ["i-kim"]),
      resource("snapshot", "snap-kim", ["vol-kim"]),
      resource("snapshot", "snap-lee", ["ami-lee"]),
      resource("image", "ami-lee", ["i-lee"]),
      resource("address", "eip-kim", ["eni-kim"]),
      resource("address", "eip-any"),
    ];
    expect(originsOf(resources, shared)).to.deep.equal({
      "i-kim": "hand",
      "i-lee": "other",
      "i-any": "unclear",
      "vol-kim": "hand",
      "snap-kim": "hand",
      "snap-lee": "other",
      "ami-lee": "other",
      "eip-kim": "hand",
      "eip-any": "unclear",
    });
  });

  it("does not make the default VPC a student's because of one tagged server in it", () => {
    const resources = [
      resource("server", "i-kim", ["vpc-default"], { tags: { Student: "kim" } }),
      resource("server", "i-lee", ["vpc-default"]),
    ];
    expect(originsOf(resources, shared)).to.deep.equal({ "i-kim": "hand", "i-lee": "unclear" });
  });

  it("is the stack for what AWS creates for a part of it", () => {
    const resources = [
      resource("group", "fleet", [], { tags: stackOf("kim") }),
      resource("server", "i-1", ["vpc-kim", "fleet"], { goesWith: "fleet" }),
      resource("alarm", "TargetTracking-fleet-AlarmHigh-1", ["fleet"], { goesWith: "fleet" }),
      resource("database", "db", [], { tags: stackOf("kim"), aliases: ["arn:aws:rds:::db:db"] }),
      resource("secret", "rds!db-1", ["arn:aws:rds:::db:db"], { goesWith: "db" }),
      resource("function", "launcher", [], { tags: stackOf("kim") }),
      resource("log group", "/aws/lambda/launcher", ["launcher"]),
      resource("image", "ami-golden", [], { tags: stackOf("kim") }),
      resource("snapshot", "snap-golden", ["vol-gone", "ami-golden"]),
      resource("image", "ami-by-hand", ["i-1"]),
      resource("snapshot", "snap-by-hand", ["ami-by-hand"]),
    ];
    for (const owner of [alone, shared]) {
      expect(originsOf(resources, owner)).to.deep.equal({
        fleet: "stack",
        "i-1": "stack",
        "TargetTracking-fleet-AlarmHigh-1": "stack",
        db: "stack",
        "rds!db-1": "stack",
        launcher: "stack",
        "/aws/lambda/launcher": "stack",
        "ami-golden": "stack",
        "snap-golden": "stack",
        "ami-by-hand": "hand",
        "snap-by-hand": "hand",
      });
    }
  });

  it("is unclear when two students' resources use it", () => {
    const resources = [
      resource("server", "i-kim", ["vpc-kim"]),
      resource("server", "i-lee", ["vpc-lee"]),
      resource("volume", "both", ["i-kim", "i-lee"]),
    ];
    expect(originsOf(resources, shared)["both"]).to.equal("unclear");
  });

  it("is the lab for what the lab created", () => {
    const resources = [
      resource("key pair", "vockey"),
      resource("function", "ModLabRole", [], { tags: { "aws:cloudformation:stack-name": "c1" } }),
    ];
    expect(originsOf(resources, alone)).to.deep.equal({ vockey: "other", ModLabRole: "other" });
  });

  it("ends where resources refer to each other", () => {
    const resources = [resource("volume", "a", ["b"]), resource("volume", "b", ["a"])];
    expect(originsOf(resources, shared)).to.deep.equal({ a: "unclear", b: "unclear" });
  });
});
