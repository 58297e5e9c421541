import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { compileKept, compileNew, wrapped } from "../../../../engine/patches/archive/compile";
import { decodeArchive, encodeArchive, keptModule } from "../../../../engine/patches/archive/format";
import { resolver } from "../../../../engine/patches/archive/resolver";
import { stateOf } from "../../../../engine/patches/archive/state";

describe("an archive of modules", () => {
  const archive = {
    modules: new Map([
      ["/app/plain.js", keptModule("1 2", 'exports.text = "plain é";', Buffer.from([1, 2, 3]))],
      ["/app/한국어.js", keptModule("3 4", 'exports.text = "한국어";', Buffer.from([]))],
    ]),
    resolutions: new Map([["/app > ./b", { folder: "/app", request: "./b", found: "/app/b.ts" }]]),
    states: new Map([["/app", "5 6"]]),
  };

  it("is read as it was written, in every alphabet", () => {
    const { modules, resolutions, states } = decodeArchive(encodeArchive(archive));
    expect(resolutions).to.deep.equal(archive.resolutions);
    expect(states).to.deep.equal(archive.states);
    const texts = [...modules].map(([name, { state, code, encoding, compiled }]) => [
      ...[name, state, code.toString(encoding), [...compiled]],
    ]);
    expect(texts).to.deep.equal([
      ["/app/plain.js", "1 2", 'exports.text = "plain é";', [1, 2, 3]],
      ["/app/한국어.js", "3 4", 'exports.text = "한국어";', []],
    ]);
  });

  it("is empty when its file is not whole", () => {
    const file = encodeArchive(archive);
    for (const length of [0, 5, 24, 60, file.length - 1]) {
      const { modules, resolutions, states } = decodeArchive(file.subarray(0, length));
      expect([modules.size, resolutions.size, states.size], String(length)).to.deep.equal([0, 0, 0]);
    }
  });
});

describe("the compiled code of a module", () => {
  const code = wrapped("exports.answer = 42;") ?? "";
  const script = compileNew("/app/a.js", code);

  it("is refused when V8 did not write it", () => {
    const kept = keptModule("", code, script.createCachedData());
    expect(compileKept("/app/a.js", kept)).not.to.equal(undefined);
    // V8 remembers the code of this process, so that it does not read what it knows.
    const other = keptModule("", code.replace("42", "43"), Buffer.alloc(kept.compiled.length, 7));
    expect(compileKept("/app/b.js", other)).to.equal(undefined);
  });
});

describe("the files that requests find", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const empty = { resolutions: new Map(), states: new Map() };

  /** A resolution in a run, given what the runs before kept. @returns whether the files were searched */
  const run = (before: ReturnType<ReturnType<typeof resolver>["kept"]>, request: string, found: string) => {
    const { resolve, kept, isComplete } = resolver(file("node_modules"), before);
    let searched = false;
    const answer = resolve(file("app"), request, () => {
      searched = true;
      return found;
    });
    return { answer, searched, isComplete: isComplete(), kept: kept() };
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "resolver-"));
    for (const name of ["app", "app/parts", "node_modules", "node_modules/one"]) mkdirSync(file(name));
    writeFileSync(file("node_modules/.package-lock.json"), "{}");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are searched once", () => {
    const first = run(empty, "./parts/a", file("app/parts/a.ts"));
    expect(first).to.deep.include({ searched: true, isComplete: false });
    const second = run(first.kept, "./parts/a", "another");
    expect(second).to.deep.include({ searched: false, isComplete: true, answer: file("app/parts/a.ts") });
  });

  it("are searched again when a file appears in their folder", () => {
    const { kept } = run(empty, "./parts/a", file("app/parts/a.ts"));
    writeFileSync(file("app/parts/a.js"), "");
    utimesSync(file("app/parts"), 1, 1);
    const again = run(kept, "./parts/a", file("app/parts/a.js"));
    expect(again).to.deep.include({ searched: true, answer: file("app/parts/a.js") });
    expect(run(again.kept, "./parts/a", "")).to.deep.include({
      searched: false,
      answer: file("app/parts/a.js"),
    });
  });

  it("are searched again after packages were installed", () => {
    const { kept } = run(empty, "one", file("node_modules/one/index.js"));
    expect(run(kept, "one", "").searched).to.equal(false);
    writeFileSync(file("node_modules/.package-lock.json"), "{ }");
    const other = file("node_modules/one/other.js");
    expect(run(kept, "one", other).answer).to.equal(other);
  });

  it("are always searched where other paths decide", () => {
    const { kept } = run(empty, "one", "/elsewhere/one/index.js");
    const again = run(kept, "one", "/elsewhere/one/index.js");
    expect(again).to.deep.include({ searched: true, isComplete: true });
  });

  it("are searched again where an earlier run saw the change of a folder for another file", () => {
    const { kept: first } = run(empty, "./parts/a", file("app/parts/a.ts"));
    utimesSync(file("app/parts"), 1, 1);
    const { kept: second } = run(first, "./parts/b", file("app/parts/b.ts"));
    expect(run(second, "./parts/a", file("app/parts/a.js")).searched).to.equal(true);
  });

  it("depend on a folder that does not exist", () => {
    expect(stateOf(file("none"))).to.equal("");
  });
});
