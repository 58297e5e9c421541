import { expect } from "chai";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { contentOf, readSiteContent } from "../../../../components/wordpressFleet/siteContent/content";
import { limits } from "../../../../components/wordpressFleet/siteContent/layout";
import { InvalidContentError } from "../../../../components/wordpressFleet/siteContent/problem";

const theme = { "themes/ours/style.css": "/*\nTheme Name: Ours\n*/\n", "themes/ours/index.php": "<?php\n" };
const plugin = { "plugins/ours/ours.php": "<?php\n/*\nPlugin Name: Ours\n*/\n" };

type Files = Readonly<Record<string, string | Buffer>>;

const entriesOf = (files: Files) =>
  Object.entries(files).map(([name, content]) => ({
    path: name,
    kind: "file" as const,
    bytes: Buffer.from(content),
  }));

const hashOf = (files: Files) => contentOf(entriesOf(files))?.hash;

/** The mistakes, as `path[:line]`. */
function placesOf(files: Files): readonly string[] {
  try {
    contentOf(entriesOf(files));
  } catch (error) {
    if (!(error instanceof InvalidContentError)) throw error;
    return error.problems.map((each) =>
      each.line === undefined ? each.path : `${each.path}:${String(each.line)}`,
    );
  }
  return [];
}

describe("the site's content", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "site-"));
  });

  function write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
  }

  it("is none without the folder, and in a folder that only describes itself", () => {
    expect(readSiteContent(path.join(folder, "missing"))).to.equal(undefined);
    write({ "README.md": "what belongs here", "themes/.gitkeep": "" });
    expect(readSiteContent(folder)).to.equal(undefined);
  });

  it("has a place on a server for each file, and the packages", () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]);
    write({
      ...theme,
      ...plugin,
      "themes/ours/screenshot.png": picture,
      "mu-plugins/rules.php": "<?php\n",
      "languages/ko_KR.mo": "x",
      "php.ini": "; slow reports\nmax_execution_time = 45\n",
      "packages.txt": "# pictures\nphp8.4-imagick\n\nwordpress-l10n\n",
    });
    const content = readSiteContent(folder);
    expect(content?.packages).to.deep.equal(["php8.4-imagick", "wordpress-l10n"]);
    expect(content?.files.map((each) => each.path)).to.deep.equal([
      "/var/lib/wordpress/wp-content/languages/ko_KR.mo",
      "/var/lib/wordpress/wp-content/mu-plugins/rules.php",
      "/etc/php/8.4/fpm/conf.d/99-zz-site.ini",
      "/var/lib/wordpress/wp-content/plugins/ours/ours.php",
      "/var/lib/wordpress/wp-content/themes/ours/index.php",
      "/var/lib/wordpress/wp-content/themes/ours/screenshot.png",
      "/var/lib/wordpress/wp-content/themes/ours/style.css",
    ]);
    expect(content?.files[5]?.bytes).to.deep.equal(picture);
  });

  it("has a hash that changes with every name, byte and package, and with nothing else", () => {
    const base = { ...theme, "packages.txt": "php8.4-imagick\n" };
    expect(hashOf(base)).to.match(/^[0-9a-f]{12}$/);
    expect(hashOf({ ...base, "packages.txt": "# a comment\nphp8.4-imagick\n" })).to.equal(hashOf(base));
    const others = [
      theme,
      { ...base, "packages.txt": "wordpress-l10n\n" },
      { ...base, "themes/ours/index.php": "<?php\n\n" },
      { ...base, "themes/ours/page.php": "<?php\n" },
    ].map(hashOf);
    expect(new Set([hashOf(base), ...others]).size).to.equal(5);
  });

  it("reports all mistakes at once, with file and line", () => {
    expect(
      placesOf({
        ...plugin,
        "packages.txt": "php8.4-imagick\nphp8.4-imagick\nbad name\n# fine\napache2\n",
        "php.ini": "max_execution_time = 45\n[PHP]\nmemory_limit = 1G\nmax_execution_time = 50\n",
        "index.php": "<?php\n",
        "themes/ours/index.php": "<?php\n",
      }),
    ).to.deep.equal([
      "index.php",
      "themes/ours/style.css",
      "packages.txt:2",
      "packages.txt:3",
      "packages.txt:5",
      "php.ini:2",
      "php.ini:3",
      "php.ini:4",
    ]);
  });

  const refused: Readonly<Record<string, Files>> = {
    "a composer.json, which nothing installs": { "composer.json": "{}" },
    "a theme without a folder": { "themes/style.css": "x" },
    "a theme with the name of one of WordPress's": {
      "themes/twentytwentyfive/style.css": "Theme Name: Ours",
    },
    "a must-use plugin with the name of a server's": { "mu-plugins/mail.php": "<?php\n" },
    "a file that may have secrets": { "mu-plugins/.env": "PASSWORD=x" },
    "a private key": { "mu-plugins/key.pem": "-----BEGIN RSA PRIVATE KEY-----\n" },
    "a program": { "mu-plugins/tool": Buffer.from("7f454c4602010100", "hex") },
    "a packed program": { "mu-plugins/tool.phar": "<?php\n" },
    "a name that a shell would read": { "mu-plugins/a b;c.php": "<?php\n" },
    "no translation among the translations": { "languages/run.php": "<?php\n" },
    "a file over the limit": { "mu-plugins/large.php": Buffer.alloc(limits.fileBytes + 1) },
    "the packages of a build": { "mu-plugins/node_modules/x/index.js": "x" },
    "text that is no UTF-8": { "php.ini": Buffer.from([0x61, 0x3d, 0xff]) },
  };
  for (const [what, files] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(placesOf(files)[0]?.replace(/:\d+$/, "")).to.equal(Object.keys(files)[0]);
    });
  }

  it("refuses a plugin without a header", () => {
    expect(placesOf({ "plugins/ours/ours.php": "<?php\n" })).to.deep.equal(["plugins/ours"]);
  });

  it("refuses a link, wherever it leads, and never reads what it leads to", () => {
    write(theme);
    symlinkSync("/etc/passwd", path.join(folder, "themes/ours/passwd"));
    expect(() => readSiteContent(folder)).to.throw(
      InvalidContentError,
      /^site\/ has 1 mistake; nothing was changed\.\n {2}site\/themes\/ours\/passwd: "a symbolic link" - allowed: [^:]*$/,
    );
  });

  it("does not print a key that it refuses", () => {
    const files = { "packages.txt": "-----BEGIN PRIVATE KEY-----\n" };
    expect(() => contentOf(entriesOf(files))).to.throw("a private key, not shown here");
  });
});
