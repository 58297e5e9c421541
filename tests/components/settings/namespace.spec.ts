import { expect } from "chai";

import { misplacedKeys, settingsIn } from "../../../components/settings/namespace";

const groups = ["network", "fleet", "tags"];

const allowedFor = (key: string, project = "my-site") =>
  misplacedKeys({ [key]: "secret" }, groups, project).map(({ path, value, allowed }) => {
    expect(path).to.equal(key);
    expect(value, "may be a secret").to.equal("[not shown]");
    return allowed;
  });

describe("the namespace of the settings", () => {
  it("is wordpress, whatever the project is called", () => {
    const config = { "wordpress:fleet": { paused: true }, "wordpress:flet": 1, "aws:region": "us-east-1" };
    expect(settingsIn(config)).to.deep.equal({ fleet: { paused: true }, flet: 1 });
  });

  for (const key of [
    "my-site:fleet",
    "wordpres:fleet",
    "WordPress:fleet",
    "word-press:fleet",
    "other:fleet",
  ]) {
    it(`is suggested for ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal(["wordpress:fleet, whatever the project is called"]);
    });
  }

  for (const key of ["my-site:flet", "wordpres:flet"]) {
    it(`suggests the nearest group for ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal(["wordpress:fleet, whatever the project is called"]);
    });
  }

  for (const key of ["my-site:servers", "wordpres:servers"]) {
    it(`lists the groups for ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal([
        "one of wordpress:network, wordpress:fleet, wordpress:tags, whatever the project is called",
      ]);
    });
  }

  for (const [key, meant] of [
    ["aws:regoin", "aws:region"],
    ["aws:defaultTag", "aws:defaultTags"],
    ["AWS:profile", "aws:profile"],
  ] as const) {
    it(`suggests ${meant} for ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal([`did you mean ${meant}?`]);
    });
  }

  for (const key of ["wordpress:wordpress", "wordpress:wordpres"]) {
    it(`refuses groups below ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal([
        "keys of one level, wordpress:network, wordpress:fleet, wordpress:tags, each with its own settings below",
      ]);
    });
  }

  it("keeps the path of a key in another namespace", () => {
    expect(allowedFor("my-site:fleet.paused")).to.deep.equal([
      "wordpress:fleet.paused, whatever the project is called",
    ]);
  });

  it("refuses a key that was set as a path without --path", () => {
    expect(allowedFor("wordpress:fleet.paused")).to.deep.equal([
      "a path: remove this key (pulumi config rm wordpress:fleet.paused), then pulumi config set --path wordpress:fleet.paused VALUE",
    ]);
  });

  for (const key of [
    "wordpress:fleet",
    "wordpress:flet",
    "aws:region",
    "aws:defaultTags",
    "pulumi:tags",
    "aws:fleet",
    "cloudflare:apiToken",
  ]) {
    it(`accepts ${key}`, () => {
      expect(allowedFor(key)).to.deep.equal([]);
    });
  }
});
