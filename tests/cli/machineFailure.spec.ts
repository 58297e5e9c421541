import { expect } from "chai";
import { writeFile } from "node:fs/promises";

import { machineFailure, machineFailureIn } from "../../cli/machineFailure";

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("expected an error"),
    (error: unknown) => error,
  );

describe("a failure of the machine", () => {
  it("is one sentence about the file, with the fix", () => {
    const error = Object.assign(new Error("EACCES: permission denied, mkdir '/opt/x'"), {
      code: "EACCES",
      path: "/opt/x",
    });
    expect(machineFailure(error)).to.include({
      problem: "No access to /opt/x: permission denied.",
      remedy: "Give this user access to it, or choose another folder with --folder, then run this again.",
    });
  });

  it("names the command's folder when the error names no file", () => {
    const error = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(machineFailure(error, "/home/kim/.local")?.problem).to.equal(
      "The disk of /home/kim/.local is full: no space left on device.",
    );
  });

  it("is found among the causes of an error", () => {
    const cause = Object.assign(new Error("EROFS"), { code: "EROFS", path: "/mnt/a" });
    const error = new Error("could not start", { cause: new Error("no lock", { cause }) });
    expect(machineFailure(error)?.problem).to.equal("No access to /mnt/a: read-only file system.");
  });

  it("is neither an error of the program nor a missing file", async () => {
    expect(machineFailure(new TypeError("x is undefined"))).to.equal(undefined);
    expect(machineFailure(await errorOf(writeFile("/nowhere/at/all", "")))).to.equal(undefined);
    expect(machineFailure("text")).to.equal(undefined);
  });

  for (const [output, part] of [
    ["OSError: [Errno 28] No space left on device: '/x'", "The disk of"],
    ["PermissionError: [Errno 13] Permission denied: '/x'", "No access to"],
    ["error: open /x/y: permission denied", "No access to"],
    ["write /tmp/go-build1: disk quota exceeded", "The disk of"],
  ] as const) {
    it(`is read from another program's ${JSON.stringify(output)}`, () => {
      expect(machineFailureIn(output, "/work/.local")?.problem).to.include(`${part} /work/.local`);
    });
  }

  it("is not AWS's refusal, even with the same words", () => {
    expect(machineFailureIn("AccessDenied: permission denied for this role", "/work")).to.equal(undefined);
  });
});
