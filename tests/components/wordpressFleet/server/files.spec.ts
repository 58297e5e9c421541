import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { serverFiles, serverFilesHash } from "../../../../components/wordpressFleet/server/files";

const folder = path.resolve(__dirname, "../../../../components/wordpressFleet/server");
const files = serverFiles();

function fileAt(target: string) {
  const found = files.find(({ path: each }) => each === target);
  if (found === undefined) throw new Error(`No file goes to ${target}.`);
  return found;
}

describe("the server's files", () => {
  it("include every file of the folder", () => {
    const shipped = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/\.(?:ts|md)$/.test(entry.name),
    );
    expect(files).to.have.length(shipped.length);
  });

  it("have absolute target paths, each once", () => {
    const paths = files.map((file) => file.path);
    expect(new Set(paths).size).to.equal(paths.length);
    expect(paths.filter((each) => !path.posix.isAbsolute(each))).to.deep.equal([]);
  });

  it("are executable when they are scripts, and only then", () => {
    for (const { path: each, mode, content } of files) {
      const script = content.startsWith("#!") || each.endsWith(".sh");
      expect([each, mode]).to.deep.equal([each, script ? "0755" : "0644"]);
    }
  });

  it("keep a script's first line and lose its comments", () => {
    const { content } = fileAt("/usr/local/lib/wordpress-on-aws/bake.sh");
    expect(content.split("\n")[0]).to.equal("#!/bin/bash");
    expect(content).not.to.match(/^\s*# /m);
    expect(content).to.include('log "start"');
  });

  it("work without the page cache's files: no other file needs them", () => {
    const kept = serverFiles("page cache");
    const left = files.filter(({ path }) => !kept.some((each) => each.path === path));
    expect(left.map(({ path }) => path.split("/").at(-1)).sort()).to.deep.equal([
      "page-cache.php",
      "purge.php",
      "wordpress-purge.service",
    ]);
    const text = kept.map(({ content }) => content).join("");
    // A test for the file and an optional dependency: neither fails when the file is missing.
    expect(text.match(/.*mu-plugins\/page-cache.*/g)).to.have.length(1);
    expect(text).to.include("if (!-f /var/lib/wordpress/wp-content/mu-plugins/page-cache.php) {");
    expect(text.match(/.*wordpress-purge.*/g)).to.deep.equal(["Wants=wordpress-purge.service"]);
  });

  it("list packages by name only", () => {
    const names = fileAt("/usr/local/lib/wordpress-on-aws/packages.txt").content.trim().split("\n");
    expect(names).to.include("wordpress");
    for (const name of names) expect(name).to.match(/^[a-z0-9][a-z0-9.+-]+$/);
  });

  it("call only programs that are shipped", () => {
    const known = new Set(files.map((file) => file.path));
    const lib = "/usr/local/lib/wordpress-on-aws/";
    for (const { content } of files) {
      const called = content.matchAll(
        /(?:\$LIB|__DIR__ \. '|\/usr\/local\/lib\/wordpress-on-aws)\/([a-z-]+\.(?:sh|php))/g,
      );
      for (const [, name = ""] of called) expect(known).to.include(lib + name);
    }
  });

  it("agree on the version of PHP", () => {
    const packages = readFileSync(path.join(folder, "packages.txt"), "utf8");
    const { content: lib } = fileAt("/usr/local/lib/wordpress-on-aws/lib.sh");
    const [, version = ""] = /PHP_VERSION=([\d.]+)/.exec(lib) ?? [];
    expect(packages).to.include(`php${version}-fpm\n`);
    expect(files.some((file) => file.path.startsWith(`/etc/php/${version}/fpm/pool.d/`))).to.be.true;
  });

  it("have a stable hash", () => {
    expect(serverFilesHash()).to.match(/^[0-9a-f]{12}$/);
    expect(serverFilesHash()).to.equal(serverFilesHash());
  });
});
