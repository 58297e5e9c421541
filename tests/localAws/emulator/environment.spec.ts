import { expect } from "chai";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ensureEnvironment } from "../../../localAws/emulator";
import { rejectionOf } from "../../support/rejection";

describe("ensureEnvironment", () => {
  let folder: string;
  let bin: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "environment-"));
    bin = path.join(folder, "bin");
    await mkdir(bin);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A Python that runs this shell script. */
  async function python(name: string, script: string): Promise<void> {
    const file = path.join(bin, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  function ensure(report: (line: string) => void = () => undefined): Promise<string> {
    // The fake programs run with /bin/sh; PATH has no other program.
    return ensureEnvironment({ folder: path.join(folder, "made"), environment: { PATH: bin }, report });
  }

  const version = (text: string) => `case "$1" in -c) echo "${text}"; exit 0;; esac`;

  it("names the package to install when Python is missing", async () => {
    expect(await rejectionOf(ensure())).to.match(
      /^The emulator needs Python 3\.11 or later, and there is no Python on PATH\. Install one/,
    );
  });

  it("names the Pythons that are too old", async () => {
    await python("python3", version("3 9"));
    await python("python", version("2 7"));
    expect(await rejectionOf(ensure())).to.contain(
      "Python 3.11 or later, and python3 is 3.9, python is 2.7.",
    );
  });

  it("uses a newer Python, such as python3.13, when python3 is too old", async () => {
    await python("python3", version("3 9"));
    await python("python3.12", `${version("3 12")}\necho "stand-in"; exit 1`);
    expect(await rejectionOf(ensure())).to.match(
      /^python3\.12 could not create a virtual environment: stand-in/,
    );
  });

  it("names the package of a missing venv module", async () => {
    await python("python3", `${version("3 12")}\necho "ensurepip is not available" >&2; exit 1`);
    expect(await rejectionOf(ensure())).to.match(/^python3 has no venv module\. Install it .*python3-venv/);
  });

  /** Creates an environment whose Python runs this script in place of pip. */
  async function pythonWithPip(pip: string): Promise<void> {
    const inner = path.join(folder, "inner");
    await writeFile(inner, `#!/bin/sh\n${pip}\n`);
    await chmod(inner, 0o755);
    const copy = `/bin/mkdir -p "$3/bin"; /bin/cp "${inner}" "$3/bin/python"`;
    await python("python3", `${version("3 12")}\n${copy}`);
  }

  it("reports an unreachable package index, and leaves no incomplete environment", async () => {
    await pythonWithPip(
      'echo "WARNING: Retrying after connection broken by NewConnectionError"; echo "ERROR: no" >&2; exit 1',
    );
    const message = await rejectionOf(ensure());
    expect(message).to.contain("could not be downloaded from the Python package index");
    expect(message).to.contain("HTTPS_PROXY");
    expect(await readdir(path.join(folder, "made"))).to.be.empty;
  });

  for (const [output, message] of [
    ["OSError: [Errno 28] No space left on device: '/x'", /^The disk of \S+\/made is full/],
    ["PermissionError: [Errno 13] Permission denied: '/x'", /^No access to \S+\/made: permission denied/],
  ] as const) {
    it(`reports ${output} in one sentence, from venv and from pip`, async () => {
      await pythonWithPip(`echo "${output}" >&2; exit 1`);
      expect(await rejectionOf(ensure())).to.match(message);
      await python("python3", `${version("3 12")}\necho "${output}"; exit 1`);
      expect(await rejectionOf(ensure())).to.match(message);
    });
  }

  it("replaces an environment whose Python has gone", async () => {
    await pythonWithPip("exit 0");
    const made = await ensure();
    await rm(made);
    await writeFile(path.join(path.dirname(made), "leftover"), "");
    expect(await ensure()).to.equal(made);
    expect(await readdir(path.dirname(made))).to.deep.equal(["python"]);
  });

  it("shows pip's message for any other failure", async () => {
    await pythonWithPip('echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"; exit 1');
    expect(await rejectionOf(ensure())).to.contain("THESE PACKAGES DO NOT MATCH THE HASHES");
  });

  it("reports its progress, creates the environment once, and finds it again", async () => {
    await pythonWithPip('echo "Collecting moto==5.2.5"; echo "Installing collected packages: moto"');
    const lines: string[] = [];
    const made = await ensure((line) => lines.push(line));
    expect(lines).to.deep.equal([
      "Creating a virtual environment with python3",
      "Downloading moto 5.2.5",
      "Installing the packages",
    ]);
    lines.length = 0;
    expect(await ensure((line) => lines.push(line))).to.equal(made);
    expect(lines).to.be.empty;
  });
});
