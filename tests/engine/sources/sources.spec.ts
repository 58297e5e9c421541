import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { creationsIn } from "../../../engine/runningStack/creations";
import { creatorIn } from "../../../engine/sources/creations";
import { transpile } from "../../../nodeHooks/transpile.cjs";

const repository = path.resolve(__dirname, "../../..");
const database = path.join(repository, "components/database/database.ts");

/** The line and column of a text in a file or code, from 1. */
const positionIn = (code: string, text: string) => {
  const lines = code.slice(0, code.indexOf(text)).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

describe("the line of a source file", () => {
  const source = readFileSync(database, "utf8");
  const created = positionIn(source, "new aws.rds.Instance(");

  it("is that of its code without types", () => {
    const { line } = positionIn(transpile(source, database), "new aws.rds.Instance(");
    expect(line).to.equal(created.line);
  });

  it("is read from a state, for a child of a remote component from its parent", () => {
    const recorded = (file: string, { line, column }: { line: number; column: number }) =>
      `project:///${file}#${String(line)},${String(column)}`;
    const resource = (urn: string, sourcePosition: string, parent?: string) => ({
      ...{ urn, type: "t", sourcePosition },
      ...(parent === undefined ? {} : { parent }),
    });
    const state = {
      version: 3,
      deployment: {
        resources: [
          resource("a", recorded("components/database/database.ts", created)),
          resource("child", "", "a"),
          resource("package", recorded("node_modules/@pulumi/x.js", created)),
          resource("outside", recorded("../../x.ts", created)),
          {
            ...resource("called", recorded("node_modules/@pulumi/x.js", created)),
            stackTrace: [{}, { sourcePosition: recorded("components/database/database.ts", created) }],
          },
        ],
      },
    };
    const sources = { repository, projectFolder: repository };
    const lineOf = creationsIn(state, sources);
    const expected = { file: "components/database/database.ts", line: created.line };
    for (const urn of ["a", "child", "called"]) expect(lineOf(urn), urn).to.deep.equal(expected);
    for (const urn of ["package", "outside", "none"]) expect(lineOf(urn), urn).to.equal(undefined);
  });
});

describe("the creator of a resource", () => {
  const sdk = "/app/node_modules/@pulumi/pulumi/resource.js";
  const trace = (...frames: readonly string[]) =>
    ["Error", ...frames.map((frame) => `    at ${frame}`)].join("\n");
  const hook = "/app/engine/sources/creations.ts:20:5";

  it("is the first frame of the program after the class of a package", () => {
    const text = trace(
      `onResource (${hook})`,
      `new Resource (${sdk}:200:1)`,
      "new Queue (/app/node_modules/@pulumi/aws/sqs/queue.js:90:9)",
      "createQueue (/app/components/queues.ts:34:10)",
      "program (/app/index.ts:3:1)",
    );
    expect(creatorIn(text, "/app")).to.deep.include({
      file: "/app/components/queues.ts",
      line: 34,
      column: 10,
    });
  });

  it("is the caller of a class of the program", () => {
    const text = trace(
      hook,
      `new ComponentResource (${sdk}:600:1)`,
      "new Database (/app/components/database.ts:20:5)",
      "program (/app/index.ts:31:20)",
    );
    expect(creatorIn(text, "/app")).to.deep.include({ file: "/app/index.ts", line: 31 });
  });

  it("is a component that creates a resource of a package in its constructor", () => {
    const text = trace(
      "new Queue (/app/node_modules/@pulumi/aws/sqs/queue.js:90:9)",
      "new Launcher (/app/components/launcher.ts:20:5)",
      "program (/app/index.ts:31:20)",
    );
    expect(creatorIn(text, "/app")).to.deep.include({ file: "/app/components/launcher.ts", line: 20 });
  });

  it("is not known without a frame of the program", () => {
    expect(creatorIn(trace(hook, `new Resource (${sdk}:1:1)`, "node:internal/x:1:1"), "/app")).to.equal(
      undefined,
    );
    expect(creatorIn(trace(`x (${sdk}:1:1)`, "y (/application/x.ts:1:1)"), "/app")).to.equal(undefined);
  });
});
