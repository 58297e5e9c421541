import { expect } from "chai";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { builderData, renderBuilderUserData } from "../../../../components/wordpressFleet/builderUserData";
import { serverFiles } from "../../../../components/wordpressFleet/server/files";
import { bundleOf, unpackingCommand } from "../../../../components/wordpressFleet/siteContent/bundle";
import { contentOf, type SiteContent } from "../../../../components/wordpressFleet/siteContent/content";
import { userDataText } from "../../../support/userData";

const picture = Buffer.from([0x89, 0x50, 0, 0xff]);

function content(files: Readonly<Record<string, string | Buffer>>): SiteContent | undefined {
  return contentOf(
    Object.entries(files).map(([name, bytes]) => ({ path: name, kind: "file", bytes: Buffer.from(bytes) })),
  );
}

const theme = content({
  "themes/ours/screenshot.png": picture,
  "themes/ours/style.css": "/* Theme Name: Ours */",
  "packages.txt": "php8.4-imagick\n",
});

describe("what a builder gets", () => {
  it("is the same as ever without content", () => {
    expect(builderData(undefined)).to.equal(renderBuilderUserData());
  });

  it("is user data alone for few packages, which the bake installs with the server's own", () => {
    const data = builderData(content({ "packages.txt": "php8.4-imagick\n" }));
    if (typeof data !== "string") expect.fail("expected user data");
    expect(userDataText(data)).to.match(/\nwordpress\n[^/]*\nphp8\.4-imagick\nEOF\n/);
    expect(userDataText(data)).to.match(/\nexec \/usr\/local\/sbin\/wordpress-server build-image\n$/);
  });

  it("is an object and the user data that fetches it, for files and for many packages", () => {
    const many = Array.from({ length: 200 }, (_, index) => `php-${(index * 7_919).toString(36)}x\n`).join("");
    for (const each of [theme, content({ "packages.txt": many })]) {
      const data = builderData(each);
      if (typeof data === "string") expect.fail("expected an object");
      const script = userDataText(data.userData("https://bucket.s3.us-east-1.amazonaws.com/content?a=b&c=d"));
      execFileSync("sh", ["-n"], { input: script });
      expect(script).to.include("'https://bucket.s3.us-east-1.amazonaws.com/content?a=b&c=d'");
      expect(script).to.match(/\nexec \/usr\/local\/sbin\/wordpress-server build-image\n$/);
    }
  });
});

describe("the builder's unpacking", () => {
  let server: Server;
  let served: { status: number; body: Buffer };
  let root: string;

  beforeEach((done) => {
    root = mkdtempSync(path.join(tmpdir(), "builder-"));
    server = createServer((_, response) => response.writeHead(served.status).end(served.body));
    server.listen(0, "127.0.0.1", done);
  });
  afterEach((done) => {
    server.close(done);
  });

  function url(): string {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return `http://127.0.0.1:${String(address.port)}/content?X-Amz-Signature=a&X-Amz-Expires=60`;
  }

  /** @returns what the builder's console shows, and whether the command failed. */
  function unpack(object: Buffer): Promise<{ readonly failed: boolean; readonly output: string }> {
    return new Promise((resolve) => {
      const script = unpackingCommand(url(), object, root);
      execFile("sh", ["-euc", script], (error, stdout, stderr) => {
        resolve({ failed: error !== null, output: stdout + stderr });
      });
    });
  }

  const object = bundleOf(serverFiles(), theme?.files ?? []);

  it("writes every file of the server and of the site, byte for byte, with its mode", async () => {
    served = { status: 200, body: object };
    expect(await unpack(object)).to.deep.equal({ failed: false, output: "" });
    const at = (file: string) => path.join(root, file);
    expect(readFileSync(at("/var/lib/wordpress/wp-content/themes/ours/screenshot.png"))).to.deep.equal(
      picture,
    );
    for (const { path: file, mode, content: text } of serverFiles()) {
      expect(readFileSync(at(file), "utf8")).to.equal(text);
      expect((statSync(at(file)).mode & 0o777).toString(8).padStart(4, "0")).to.equal(mode);
    }
  });

  it("refuses another object than the one that was uploaded, and writes nothing", async () => {
    served = { status: 200, body: bundleOf([], theme?.files ?? []) };
    const { failed, output } = await unpack(object);
    expect(failed).to.equal(true);
    expect(output).to.match(
      /^wordpress-server content: FATAL: the object in S3 is not the content of site\//,
    );
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it("is the same for the same content", () => {
    expect(bundleOf(serverFiles(), theme?.files ?? [])).to.deep.equal(object);
  });
});
