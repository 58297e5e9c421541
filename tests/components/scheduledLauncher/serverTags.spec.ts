import { expect } from "chai";

import { environmentExcess, environmentOf } from "../../../components/scheduledLauncher/environment";
import { serverTagProblems } from "../../../components/scheduledLauncher/serverTags";
import { launcherArgs } from "../../../components/scheduledLauncher/settings";
import { readSettings } from "../../../lambda/settings";

const who = { owner: "wordpress/dev/wordpress", launcherName: "wordpress" };
const settingsWith = (more: object) => launcherArgs.parse(more);
const many = (count: number, size = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${String(index)}`, "x".repeat(size)]));
const problemsOf = (more: object) => serverTagProblems(settingsWith(more), who).map(({ allowed }) => allowed);

describe("the tags of launched servers", () => {
  it("are accepted by default", () => {
    expect(problemsOf({ tags: many(10, 20), serverTags: many(5, 20) })).to.deep.equal([]);
  });

  it("number at most EC2's maximum, with Name and the launcher's own five", () => {
    const serverTags = Object.fromEntries(
      Array.from({ length: 22 }, (_, index) => [`own${String(index)}`, "x"]),
    );
    expect(problemsOf({ tags: many(22), serverTags })).to.deep.equal([]);
    expect(problemsOf({ tags: many(23), serverTags })).to.deep.equal([
      "1 tags fewer here or in the stack's tags: with those and the launcher's own, a server would have 51, and EC2 takes 50",
    ]);
  });

  it("fit into the function's environment up to the last byte, in UTF-8 and as JSON", () => {
    const excess = (length: number, letter: string) =>
      environmentExcess(
        settingsWith({ tags: many(13, 256), serverTags: { last: letter.repeat(length) } }),
        who,
      );
    const room = [...Array(256).keys()]
      .map((length) => excess(length + 1, "x"))
      .filter((bytes) => bytes === 0).length;
    expect(room).to.be.within(1, 255);
    expect(excess(room + 1, "x")).to.equal(1);
    expect(excess(room, "값")).to.equal(2 * room);
    const quoted =
      JSON.stringify(JSON.stringify({ last: "x" })).length - JSON.stringify({ last: "x" }).length;
    expect(quoted).to.be.greaterThan(2);
    expect(problemsOf({ tags: many(13, 256), serverTags: { last: "x".repeat(room + 1) } })[0]).to.match(
      /^tags that are 1 bytes shorter/,
    );
  });

  it("arrive at the function in the form that it reads", () => {
    const environment = environmentOf(settingsWith({ tags: { Stack: "dev" }, serverTags: { Team: "web" } }), {
      ...who,
      imageId: "ami-0123456789abcdef0",
      rootDeviceName: "/dev/xvda",
      subnetIds: "subnet-01,subnet-02",
      securityGroupId: "sg-01",
    });
    expect(readSettings(environment).serverTags).to.deep.equal({
      Stack: "dev",
      Team: "web",
      Name: "wordpress-launched",
    });
  });
});
