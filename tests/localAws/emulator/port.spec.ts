import { expect } from "chai";
import { createServer } from "node:net";

import { defaultPort } from "../../../localAws/emulator";
import { onPort, PortInUse, requirePort } from "../../../localAws/emulator/port";
import { rejectionOf } from "../../support/rejection";

/** Ports from the default on that no program uses at the moment. */
async function freePorts(count: number): Promise<readonly number[]> {
  const free: number[] = [];
  for (let port = defaultPort; free.length < count; port++) {
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
        .once("error", () => {
          resolve(false);
        })
        .listen(port, "127.0.0.1", () =>
          server.close(() => {
            resolve(true);
          }),
        );
    });
    if (isFree) free.push(port);
  }
  return free;
}

describe("the emulator's port", () => {
  const ignore = () => undefined;

  it("is the one that was asked for, and no other", async () => {
    const inUse = (port: number) => Promise.reject(new PortInUse(port));
    expect(await onPort(4601, ignore, (port) => Promise.resolve(port))).to.equal(4601);
    expect(await onPort(0, ignore, (port) => Promise.resolve(port))).to.equal(0);
    expect(await rejectionOf(onPort(4601, ignore, inUse))).to.match(/^Port 4601 of 127\.0\.0\.1.* is used/);
  });

  it("is the next one when another program takes a free port first", async () => {
    const [first = 0, second] = await freePorts(2);
    const tried: number[] = [];
    const start = (port: number) => {
      tried.push(port);
      return port === first ? Promise.reject(new PortInUse(port)) : Promise.resolve(port);
    };
    const lines: string[] = [];
    expect(await onPort(undefined, (line) => lines.push(line), start)).to.equal(second);
    expect(tried).to.deep.equal([first, second]);
    expect(lines.join("")).to.contain(`listens on port ${second}.`);
  });

  it("is not tried again after another error", async () => {
    const start = (port: number) => Promise.reject(new Error(`no Python for ${port}`));
    expect(await rejectionOf(onPort(undefined, ignore, start))).to.match(/^no Python for \d+$/);
  });

  it("of a running emulator is refused when another one was asked for", () => {
    const check = (asked: number | undefined) => () => {
      requirePort({ folder: ".local", running: 4577, asked, remedy: "Leave it out." });
    };
    expect(check(4578)).to.throw("The emulator in .local runs on port 4577, not on port 4578. Leave it out.");
    for (const asked of [undefined, 0, 4577]) expect(check(asked)).to.not.throw();
  });
});
