import { expect } from "chai";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { loadAtNextProcess } from "../../engine/nextProcess";

const startProcess = () => promisify(execFile)(process.execPath, ["--version"]);

describe("loading at the next process", () => {
  it("waits for the start of a process, and then loads once", async () => {
    const loaded: string[] = [];
    loadAtNextProcess([() => loaded.push("program"), () => loaded.push("catalogue")]);
    await new Promise(setImmediate);
    expect(loaded).to.deep.equal([]);
    await startProcess();
    await startProcess();
    expect(loaded).to.deep.equal(["program", "catalogue"]);
  });

  it("stops at a module that cannot be loaded, so that it and the later ones load at their first use", async () => {
    const loaded: string[] = [];
    const cannotBeLoaded = () => {
      throw new SyntaxError("Unexpected token");
    };
    loadAtNextProcess([cannotBeLoaded, () => loaded.push("catalogue")]);
    await startProcess();
    expect(loaded).to.deep.equal([]);
  });
});
