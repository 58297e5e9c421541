import { expect } from "chai";
import { gunzipSync } from "node:zlib";

import type { Machine } from "../../lab/machine";
import { visit } from "../../lab/visit";
import type { Report } from "../../support/report";

async function shown(server: Machine, path: string, headers: Readonly<Record<string, string>> = {}) {
  return (await visit(server, path, { headers })).headers["x-page-cache"];
}

/** Tests which pages are the same for every visitor, and which are rendered for one. */
export async function shareOnlyWhatIsTheSame(report: Report, a: Machine): Promise<void> {
  report.section("The page cache: pages that are the same for every visitor");
  await report.check(
    "pages, archives, feeds, sitemaps, 404 and redirects are served from the cache",
    async () => {
      const statuses: Readonly<Record<string, number>> = {
        "/": 200,
        "/feed/": 200,
        "/comments/feed/": 200,
        "/category/uncategorized/": 200,
        "/author/admin/": 200,
        "/sample-page/": 200,
        "/wp-sitemap.xml": 200,
        "/robots.txt": 200,
        "/there-is-none/": 404,
        "/sample-page": 301,
        "/sample-page/?utm_source=mail": 200,
      };
      for (const [path, status] of Object.entries(statuses)) {
        const first = await visit(a, path);
        const second = await visit(a, path);
        expect([path, second.headers["x-page-cache"], second.status]).to.deep.equal([path, "HIT", status]);
        expect(second.text).to.equal(first.text);
        for (const name of ["x-shared-page", "x-accel-expires", "set-cookie"]) {
          expect([path, name, second.headers[name]]).to.deep.equal([path, name, undefined]);
        }
        expect(second.headers["cache-control"], path).to.include("no-cache");
      }
      return `${Object.keys(statuses).length} addresses`;
    },
  );
  await report.check("pages of a plugin, a search, a preview or REST for one visitor do not", async () => {
    const plugins = ["cookie", "session", "private", "vary", "constant", "flush"];
    const paths = [
      ...plugins.map((each) => `/?probe=${each}`),
      ...["/?s=hello", "/?%73=hello", "/search/hello/", "/?p=1&preview=true"],
      ...[
        "/wp-json/",
        "/?rest_route=/",
        "/?rest.route=/",
        "/%77p-json/",
        "/index.php/wp-json/",
        "/wp-login.php",
      ],
    ];
    for (const path of paths) {
      for (const time of ["first", "second"]) {
        expect([path, time, await shown(a, path)]).to.deep.equal([path, time, "BYPASS"]);
      }
    }
    return `${paths.length} addresses`;
  });
  await report.check(
    "a page for one visitor gets the whole request, and its cookies reach the visitor",
    async () => {
      const headers = { "user-agent": "Lab/1.0", cookie: "theme=dark" };
      for (const probe of ["private", "cookie"]) {
        const page = await visit(a, `/?probe=${probe}&all`, { headers });
        expect(page.text).to.include("Lab\\/1.0").and.to.include("theme");
      }
      const cookies = [await visit(a, "/?probe=cookie"), await visit(a, "/?probe=cookie")].map(
        (each) => each.headers["set-cookie"]?.[0],
      );
      expect(cookies[0]).to.match(/^shop=/);
      expect(cookies[1])
        .to.match(/^shop=/)
        .and.not.to.equal(cookies[0]);
      return undefined;
    },
  );
  await report.check("requests for data, with a login or with a writing method go to WordPress", async () => {
    for (const headers of [
      { authorization: "Basic YTpi" },
      { accept: "application/activity+json" },
      { "x-requested-with": "XMLHttpRequest" },
      { cookie: "PHPSESSID=1" },
      { cookie: "woocommerce_items_in_cart=1" },
    ]) {
      await visit(a, "/");
      expect([headers, await shown(a, "/", headers)]).to.deep.equal([headers, "BYPASS"]);
    }
    const posted = await visit(a, "/", { method: "POST", body: "x=1" });
    expect(posted.headers["x-page-cache"]).to.equal("BYPASS");
    return undefined;
  });
  await sharedByForms(report, a);
}

async function sharedByForms(report: Report, a: Machine): Promise<void> {
  await report.check("HEAD, Range and gzip are served from the same page", async () => {
    const head = await visit(a, "/?forms", { method: "HEAD" });
    expect([head.status, head.headers["x-page-cache"], head.body.length]).to.deep.equal([200, "MISS", 0]);
    const whole = await visit(a, "/?forms");
    expect([whole.status, whole.headers["x-page-cache"]]).to.deep.equal([200, "HIT"]);
    expect(whole.text).to.include("</html>");
    const range = await visit(a, "/?forms", { headers: { range: "bytes=0-9" } });
    expect([range.status, range.text]).to.deep.equal([200, whole.text]);
    const fresh = await visit(a, "/?forms-range", { headers: { range: "bytes=0-9" } });
    expect(fresh.text).to.include("</html>");
    expect((await visit(a, "/?forms-range")).text).to.equal(fresh.text);
    const zipped = await visit(a, "/?forms", { headers: { "accept-encoding": "gzip" } });
    expect(zipped.headers["content-encoding"]).to.equal("gzip");
    expect(zipped.headers.vary).to.equal("Accept-Encoding");
    expect(gunzipSync(zipped.body).toString()).to.equal(whole.text);
    expect((await visit(a, "/?forms")).text).to.equal(whole.text);
    return undefined;
  });
  await report.check("another spelling of an address never returns another page", async () => {
    const page = await visit(a, "/sample-page/");
    for (const path of [
      "//sample-page/",
      "/sample%2Dpage/",
      "/index.php/sample-page/",
      "/./sample-page/",
      "/x/../sample-page/",
    ]) {
      const answer = await visit(a, path);
      expect([path, answer.status]).to.satisfy(([, status]: [string, number]) =>
        [200, 301, 404].includes(status),
      );
      if (answer.status === 200) expect(answer.text, path).to.include("Sample Page");
    }
    expect((await visit(a, "/sample-page/")).text).to.equal(page.text);
    return undefined;
  });
}
