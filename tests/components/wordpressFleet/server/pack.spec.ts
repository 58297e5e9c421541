import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { serverFiles, type ServerFile } from "../../../../components/wordpressFleet/server/files";
import {
  packServerFiles,
  renderCloudConfig,
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

  it("writes every file with its mode, whatever is in it", () => {
    const content = "dollar $HOME `id` \\ 'quote' \"two\"\n\n  indented\n";
    const target = path.join(folder, "new/folder/a b\\x2d");
    unpack([{ path: target, mode: "0755", content }]);
    expect(readFileSync(target, "utf8")).to.equal(content);
    expect(statSync(target).mode & 0o777).to.equal(0o755);
  });

  it("refuses a file with a line that would end it early", () => {
    const bad: ServerFile = { path: "/x", mode: "0644", content: "a\nEND_OF_FILE\nb\n" };
    expect(() => unpackingScript([bad])).to.throw("/x has a line END_OF_FILE");
  });
});

describe("packServerFiles", () => {
  const packed = packServerFiles();

  it("carries the unpacking script of all files, for cloud-config", () => {
    expect(packed.file.content).to.equal(unpackingScript(serverFiles()));
  });

  it("unpacks first and then takes the wanted step", () => {
    const [shell, option, command] = packed.command("build-image");
    expect([shell, option]).to.deep.equal(["sh", "-c"]);
    expect(command).to.equal(`sh ${packed.file.path} && exec /usr/local/sbin/wordpress-server build-image`);
    expect(packed.command("boot").at(-1)).to.include("enable --now --no-block wordpress-server.service");
  });
});

describe("renderCloudConfig", () => {
  const file = (content: string) => ({ path: "/x", permissions: "0644", content });
  const bytesOf = (config: Parameters<typeof renderCloudConfig>[0]) =>
    Buffer.from(renderCloudConfig(config), "base64");

  it("gives cloud-config that gunzip gives back", () => {
    const config = { write_files: [file('one,{"path":\n'), file("ü")], runcmd: [["true"]] };
    expect(gunzipSync(bytesOf(config)).toString()).to.equal(`#cloud-config\n${JSON.stringify(config)}`);
  });

  it("leaves room for the files of a server and its settings", () => {
    expect(bytesOf({ write_files: [packServerFiles().file] }).length).to.be.lessThan(
      userDataLimitBytes - 2_048,
    );
  });

  it("refuses what does not fit, with both sizes", () => {
    const noise = Array.from({ length: 9_000 }, (_, index) => Math.sin(index).toString(36)).join("");
    expect(() => renderCloudConfig({ write_files: [file(noise)] })).to.throw(
      /takes \d+ bytes compressed; EC2 allows 16384/,
    );
  });
});
