import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

import { repository } from "../support/repositoryFiles";

const textOf = (file: string) => readFileSync(path.join(repository, file), "utf8");

const container = z
  .strictObject({
    name: z.string(),
    image: z.string(),
    onCreateCommand: z.string(),
    updateContentCommand: z.string(),
    runArgs: z.array(z.string()),
    forwardPorts: z.array(z.number()),
    portsAttributes: z.record(z.string(), z.object({ label: z.string() })),
    hostRequirements: z.object({ cpus: z.number(), memory: z.string(), storage: z.string() }),
  })
  .parse(JSON.parse(textOf(".devcontainer/devcontainer.json")));

describe("the dev container", () => {
  it("installs what docs/live.md and the README ask for, and forwards the ports that a run prints", () => {
    expect(container.updateContentCommand).to.equal("npm ci");
    const packages = [
      ...[...textOf("docs/live.md").matchAll(/apt install ([\w-]+)/g)].map(([, name]) => name),
      "uidmap",
      "python3-venv",
    ];
    expect(packages).to.include("mmdebstrap");
    for (const name of packages) expect(container.onCreateCommand).to.contain(` ${name ?? ""}`);
    const printed = [...textOf("README.md").matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) =>
      Number(port),
    );
    expect(container.forwardPorts).to.have.members(printed);
    expect(Object.keys(container.portsAttributes).map(Number)).to.have.members(printed);
  });

  it("has a Node.js that package.json accepts, on the Debian of docs/live.md's container", () => {
    const [, tag = ""] = /node:(\S+) \/source/.exec(textOf("docs/live.md")) ?? [];
    expect(container.image.endsWith(`:${tag}`)).to.equal(true);
  });
});
