import { expect } from "chai";
import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { codeOf } from "../../../cli/failure";
import { parseJson, z } from "../../../cli/json";
import { processExists } from "../../../cli/lock";
import { startClock, stopClock } from "../../../localAws/clock";
import {
  defaultFolder,
  defaultPort,
  emulatorApi,
  emulatorStatus,
  ensureEnvironment,
  startEmulator,
  stopEmulator,
} from "../../../localAws/emulator";
import { eventually } from "../../support/eventually";
import { rejectionOf } from "../../support/rejection";

describe("the emulator's process", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "process-"));
  });
  afterEach(async () => {
    await stopEmulator(folder);
    await rm(folder, { recursive: true });
  });

  const start = (report: (line: string) => void = () => undefined, port = 0) =>
    startEmulator({
      port,
      folder,
      environmentFolder: defaultFolder,
      endWithProcess: process.pid,
      report,
    });

  const gone = (pid: number) =>
    eventually(`the end of process ${pid}`, () => Promise.resolve(processExists(pid) ? undefined : true));

  it("starts, is found again with its content, and stops", async () => {
    const first = await start();
    expect(await start()).to.deep.equal(first);
    expect(await emulatorStatus(folder)).to.include({ running: true, bootId: first.bootId, clock: null });
    expect(await stopEmulator(folder)).to.be.true;
    expect(processExists(first.pid)).to.be.false;
    expect(await emulatorStatus(folder)).to.deep.equal({ running: false });
    expect(await stopEmulator(folder)).to.be.false;
  });

  it("is not found from a copy of its folder, such as pulumi new creates", async () => {
    const first = await start();
    const copy = path.join(folder, "copy");
    await mkdir(copy);
    await copyFile(path.join(folder, "emulator.json"), path.join(copy, "emulator.json"));
    expect(await emulatorStatus(copy)).to.deep.equal({ running: false });
    expect(await stopEmulator(copy)).to.be.false;
    expect(await emulatorStatus(folder)).to.include({ running: true, bootId: first.bootId });
  });

  it("has a virtual environment without links to folders, on which pulumi new fails", async () => {
    const python = await ensureEnvironment({ report: () => undefined });
    const venv = path.resolve(python, "../..");
    const entries = await readdir(venv, { recursive: true, withFileTypes: true });
    const links = entries
      .filter((entry) => entry.isSymbolicLink())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const kinds = await Promise.all(links.map(async (link) => (await stat(link)).isDirectory()));
    expect(links.filter((_, index) => kinds[index] === true)).to.deep.equal([]);
  });

  it("is the same for two callers that start it at the same time", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(one).to.deep.equal(other);
  });

  it("listens only on 127.0.0.1", async () => {
    const { endpoint } = await start();
    expect(endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("starts with a new boot id after it was killed", async () => {
    const first = await start();
    process.kill(first.pid, "SIGKILL");
    await gone(first.pid);
    const second = await start();
    expect(second.bootId).to.not.equal(first.bootId);
  });

  it("is replaced when its sources have changed", async () => {
    const first = await start();
    const state = path.join(folder, "emulator.json");
    await writeFile(state, (await readFile(state, "utf8")).replace(/"version": "\w+"/, '"version": "older"'));
    const lines: string[] = [];
    const second = await start((line) => lines.push(line));
    expect(second.bootId).to.not.equal(first.bootId);
    expect(lines).to.deep.equal([
      "The running emulator has another version: starting a new one, with empty accounts",
    ]);
    expect(processExists(first.pid)).to.be.false;
  });

  it("is replaced when it no longer answers", async () => {
    const first = await start();
    process.kill(first.pid, "SIGSTOP");
    const second = await start();
    expect(second.bootId).to.not.equal(first.bootId);
    await gone(first.pid);
  });

  it("never mistakes another process for the emulator, nor ends it", async () => {
    const state = { pid: process.pid, port: 9, bootId: "x", version: "x" };
    await writeFile(path.join(folder, "emulator.json"), JSON.stringify(state));
    expect(await stopEmulator(folder)).to.be.false;
  });

  /** Listens on the port, unless another program does. @returns the port and a way to free it */
  const occupy = async (port: number) => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => {
        if (codeOf(error) === "EADDRINUSE") resolve();
        else reject(error);
      });
      server.listen(port, "127.0.0.1", resolve);
    });
    const address = server.address();
    const free = () => server.close();
    return { port: typeof address === "object" && address !== null ? address.port : port, free };
  };

  it("refuses a port that was asked for and is in use, and prints what to do", async () => {
    const { port, free } = await occupy(0);
    try {
      expect(await rejectionOf(start(undefined, port))).to.equal(
        `Port ${port} of 127.0.0.1, where the emulator would listen, is used by another program. ` +
          "End that program, choose another port with --port, or leave --port out for a free one.",
      );
    } finally {
      free();
    }
  });

  it("listens on the next free port when the default one is in use, and prints which", async () => {
    const { free } = await occupy(defaultPort);
    const lines: string[] = [];
    try {
      const { endpoint } = await startEmulator({
        folder,
        environmentFolder: defaultFolder,
        endWithProcess: process.pid,
        report: () => undefined,
        announce: (line) => lines.push(line),
      });
      const port = Number(new URL(endpoint).port);
      expect(port).to.be.greaterThan(defaultPort);
      expect(lines).to.deep.equal([`Port ${defaultPort} is in use: the emulator listens on port ${port}.`]);
    } finally {
      free();
    }
  });

  it("refuses another port than that of the running emulator, and takes its own and any", async () => {
    const first = await start();
    const port = Number(new URL(first.endpoint).port);
    expect(await start(undefined, port)).to.deep.equal(first);
    expect(await rejectionOf(start(undefined, port === 65_535 ? port - 1 : port + 1))).to.match(
      new RegExp(`^The emulator in .* runs on port ${port}, not on port \\d+\\. Leave out --port`),
    );
    expect(await emulatorStatus(folder)).to.include({ running: true, bootId: first.bootId });
  });

  it("ends with the process of endWithProcess", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const { pid } = await startEmulator({
      port: 0,
      folder,
      environmentFolder: defaultFolder,
      endWithProcess: other.pid ?? 0,
      report: () => undefined,
    });
    other.kill("SIGKILL");
    await gone(pid);
  });

  describe("and its clock", () => {
    const clockPid = async () => {
      const text = await readFile(path.join(folder, "clock.json"), "utf8");
      return parseJson(z.object({ pid: z.int() }), text)?.pid ?? 0;
    };

    it("runs once, and stops alone", async () => {
      const { endpoint } = await start();
      await startClock({ endpoint, folder });
      const pid = await clockPid();
      await startClock({ endpoint, folder });
      expect(await clockPid()).to.equal(pid);
      expect((await emulatorApi(endpoint).health()).clock).to.be.a("string");
      expect(await stopClock(folder)).to.be.true;
      expect(processExists(pid)).to.be.false;
      expect(await stopClock(folder)).to.be.false;
      expect((await emulatorStatus(folder)).running).to.be.true;
    });

    it("ends by itself when the emulator is killed", async () => {
      const { endpoint, pid } = await start();
      await startClock({ endpoint, folder });
      const clock = await clockPid();
      process.kill(pid, "SIGKILL");
      await gone(clock);
    });
  });
});
