import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const keeper = path.resolve(__dirname, "../../../../localAws/live/box/keeper.sh");

/** More at once than the machine has processors: each waits for its turn. */
const many = Array.from({ length: 40 }, (_, index) => String(index));

// The box is for Linux only.
const onLinux = process.platform === "linux" ? describe : () => undefined;

onLinux("the parent process of a box", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keeper-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Starts one whose box ends with this status at the end of its standard input, or at once. */
  const start = (name: string, box: string): { readonly child: ChildProcess; readonly sockets: string } => {
    const sockets = path.join(folder, `sockets-${name}`);
    mkdirSync(sockets);
    const args = [path.join(folder, `lock-${name}`), sockets, "", "sh", "-c", box];
    return { child: spawn(keeper, args, { stdio: ["pipe", "ignore", "inherit"] }), sockets };
  };

  it("removes the sockets when the host process has ended, also on a machine without a free processor", async () => {
    const started = many.map((name) => start(name, "cat >/dev/null; exit 3"));
    const ends = started.map(({ child }) => once(child, "exit"));
    for (const { child } of started) child.stdin?.end();
    for (const end of ends) expect(await end).to.deep.equal([3, null]);
    expect(started.filter(({ sockets }) => existsSync(sockets))).to.deep.equal([]);
  });

  it("keeps the sockets of a host process that runs", async () => {
    const { child, sockets } = start("one", "exit 4");
    expect(await once(child, "exit")).to.deep.equal([4, null]);
    expect(existsSync(sockets)).to.equal(true);
  });
});
