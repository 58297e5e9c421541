import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What the fake `go` does for each of its commands: lines of a shell script. */
export interface GoScript {
  readonly env?: string;
  readonly list?: string;
  readonly build?: string;
}

/** A `go` that runs a script, and an empty folder to build into. */
export interface FakeGo {
  readonly root: string;
  /** Finds the fake `go` first. */
  readonly environment: NodeJS.ProcessEnv;
  readonly remove: () => Promise<void>;
}

const works: Required<GoScript> = {
  env: 'echo go1.26.8; echo "https://user:secret@proxy.example,direct"',
  list: 'echo "go: downloading example.com/module v1.0.0" >&2; echo fmt; echo example.com/module',
  build: 'echo example.com/module >&2; mkdir -p "$(dirname "$5")"; echo a CLI > "$5"',
};

/** Puts a `go` on a PATH of its own. @param script in place of commands that work; `none` for no `go` at all */
export async function fakeGo(script: GoScript | "none" = {}): Promise<FakeGo> {
  const folder = await mkdtemp(path.join(tmpdir(), "fake-go-"));
  const root = path.join(folder, "3.274.1.draft-test");
  await mkdir(root);
  const remove = () => rm(folder, { recursive: true });
  if (script === "none") return { root, environment: { ...process.env, PATH: folder }, remove };
  const { env, list, build } = { ...works, ...script };
  const lines = [
    "#!/bin/sh",
    'case "$1" in',
    `env) ${env};;`,
    `list) ${list};;`,
    `build) ${build};;`,
    "esac",
  ];
  await writeFile(path.join(folder, "go"), lines.join("\n"), { mode: 0o755 });
  return { root, environment: { ...process.env, PATH: `${folder}:/usr/bin:/bin` }, remove };
}
