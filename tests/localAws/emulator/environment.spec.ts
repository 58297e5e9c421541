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

  /** A Python that answers as the shell script says, by its arguments. */
  async function python(name: string, script: string): Promise<void> {
    const file = path.join(bin, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  function ensure(report: (line: string) => void = () => undefined): Promise<string> {
    // The shell of the stand-ins is /bin/sh; nothing else of this machine is to be found.
    return ensureEnvironment({ folder: path.join(folder, "made"), environment: { PATH: bin }, report });
  }

  const version = (text: string) => `case "$1" in -c) echo "${text}"; exit 0;; esac`;

  it("says what to install when there is no Python", async () => {
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

  it("takes a newer Python by its own name when the first one is too old", async () => {
    await python("python3", version("3 9"));
    await python("python3.12", `${version("3 12")}\necho "stand-in"; exit 1`);
    expect(await rejectionOf(ensure())).to.match(
      /^python3\.12 could not make a virtual environment: stand-in/,
    );
  });

  it("says which package holds a missing venv module", async () => {
    await python("python3", `${version("3 12")}\necho "ensurepip is not available" >&2; exit 1`);
    expect(await rejectionOf(ensure())).to.match(
      /^python3 comes without its venv module\. Install it .*python3-venv/,
    );
  });

  /** Makes an environment whose own Python does what the script says instead of installing. */
  async function pythonWithPip(pip: string): Promise<void> {
    const inner = path.join(folder, "inner");
    await writeFile(inner, `#!/bin/sh\n${pip}\n`);
    await chmod(inner, 0o755);
    const copy = `/bin/mkdir -p "$3/bin"; /bin/cp "${inner}" "$3/bin/python"`;
    await python("python3", `${version("3 12")}\n${copy}`);
  }

  it("tells of an index that cannot be reached, and leaves nothing half-made", async () => {
    await pythonWithPip(
      'echo "WARNING: Retrying after connection broken by NewConnectionError"; echo "ERROR: no" >&2; exit 1',
    );
    const message = await rejectionOf(ensure());
    expect(message).to.contain("could not be fetched from the Python package index");
    expect(message).to.contain("HTTPS_PROXY");
    expect(await readdir(path.join(folder, "made"))).to.be.empty;
  });

  it("shows pip's own words for any other failure", async () => {
    await pythonWithPip('echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"; exit 1');
    expect(await rejectionOf(ensure())).to.contain("THESE PACKAGES DO NOT MATCH THE HASHES");
  });

  it("reports its progress, makes the environment once, and finds it again", async () => {
    await pythonWithPip('echo "Collecting moto==5.2.5"; echo "Installing collected packages: moto"');
    const lines: string[] = [];
    const made = await ensure((line) => lines.push(line));
    expect(lines).to.deep.equal([
      "Making a virtual environment with python3",
      "Downloading moto 5.2.5",
      "Installing the packages",
    ]);
    lines.length = 0;
    expect(await ensure((line) => lines.push(line))).to.equal(made);
    expect(lines).to.be.empty;
  });
});
