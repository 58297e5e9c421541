import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { serverFiles, type ServerFile } from "../../../../components/wordpressFleet/server/files";
import {
  compressUserData,
  renderFiles,
  renderFirstBoot,
  unpackingScript,
  userDataLimitBytes,
} from "../../../../components/wordpressFleet/server/pack";

describe("the unpacking script", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "unpack-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function unpack(files: readonly ServerFile[]): void {
    execFileSync("sh", { input: unpackingScript(files) });
  }

  it("writes every file with its mode, with any content", () => {
    const content = "dollar $HOME `id` \\ 'quote' \"two\"\n\n  indented\n";
    const target = path.join(folder, "new/folder/a b\\x2d");
    unpack([{ path: target, mode: "0755", content }]);
    expect(readFileSync(target, "utf8")).to.equal(content);
    expect(statSync(target).mode & 0o777).to.equal(0o755);
  });

  it("refuses a file with a line that would end it early", () => {
    const bad: ServerFile = { path: "/x", mode: "0644", content: "a\nEOF\nb\n" };
    expect(() => unpackingScript([bad])).to.throw("/x has a line EOF");
  });
});

const textOf = (userData: string) => gunzipSync(Buffer.from(userData, "base64")).toString();

describe("a stock machine's user data", () => {
  const own: ServerFile = { path: "/etc/own", mode: "0644", content: "its own\n" };

  it("is a script that unpacks its own files and the files without the page cache, and then runs the requested step", () => {
    const script = textOf(renderFirstBoot("boot", [own]));
    expect(script).to.equal(
      [
        "#!/bin/sh\n",
        unpackingScript([own]),
        unpackingScript(serverFiles("page cache")),
        "systemctl daemon-reload\nsystemctl enable --now --no-block wordpress-server.service\n",
      ].join(""),
    );
    // The builder has no settings, so all files fit.
    expect(textOf(renderFirstBoot("build-image"))).to.equal(
      `#!/bin/sh\n${unpackingScript(serverFiles())}exec /usr/local/sbin/wordpress-server build-image\n`,
    );
  });

  it("is a valid sh script", () => {
    execFileSync("sh", ["-n"], { input: textOf(renderFirstBoot("boot", [own])) });
  });
});

describe("user data of files", () => {
  it("is cloud-config that gunzip restores", () => {
    const files: readonly ServerFile[] = [
      { path: "/x", mode: "0644", content: 'one "two" \\ three\n' },
      { path: "/y", mode: "0755", content: "ü" },
    ];
    const [first, json] = textOf(renderFiles(files)).split("\n", 2);
    expect(first).to.equal("#cloud-config");
    expect(JSON.parse(json ?? "")).to.deep.equal({
      write_files: files.map(({ path: to, mode, content }) => ({ path: to, permissions: mode, content })),
    });
  });
});

describe("compressUserData", () => {
  it("refuses content that does not fit, with both sizes", () => {
    const noise = Array.from({ length: 9_000 }, (_, index) => Math.sin(index).toString(36)).join("");
    expect(() => compressUserData(noise)).to.throw(/takes \d+ bytes compressed; EC2 allows 16384/);
  });

  it("has room for the settings of a server", () => {
    expect(Buffer.from(renderFirstBoot("boot"), "base64").length).to.be.lessThan(userDataLimitBytes - 1_024);
  });
});
