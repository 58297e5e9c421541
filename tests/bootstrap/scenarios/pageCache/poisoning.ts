import { expect } from "chai";
import { z } from "zod";

import { addresses, site } from "../../lab/addresses";
import { cookiesSetBy, submit, type Author } from "../../lab/author";
import type { Lab } from "../../lab/lab";
import type { Machine } from "../../lab/machine";
import { visit } from "../../lab/visit";
import type { Report } from "../../support/report";
import { commentOn } from "./comment";

const post = z.object({ id: z.number(), link: z.string() });

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Every spelling of a cookie that PHP, or a careless parser, may read as the cookie with this name. */
const spellings: Readonly<Record<string, (name: string, value: string) => Headers>> = {
  unchanged: (name, value) => ({ cookie: `${name}=${value}` }),
  "dots for underscores": (name, value) => ({ cookie: `${name.replaceAll("_", ".")}=${value}` }),
  "one dot": (name, value) => ({ cookie: `${name.replace("_", ".")}=${value}` }),
  "spaces for underscores": (name, value) => ({ cookie: `${name.replaceAll("_", " ")}=${value}` }),
  "a bracket for an underscore": (name, value) => ({ cookie: `${name.replace("_", "[")}=${value}` }),
  "a later bracket": (name, value) => ({ cookie: `${name.replace(/_(?=[^_]*$)/, "[")}=${value}` }),
  "leading spaces": (name, value) => ({ cookie: `   ${name}=${value}` }),
  "a leading tab": (name, value) => ({ cookie: `theme=dark;\t${name}=${value}` }),
  "percent encoding": (name, value) => ({ cookie: `${name.replaceAll("_", "%5F")}=${value}` }),
  "an encoded dot": (name, value) => ({ cookie: `${name.replaceAll("_", "%2e")}=${value}` }),
  capitals: (name, value) => ({ cookie: `${name.toUpperCase()}=${value}` }),
  "no space after the semicolon": (name, value) => ({
    cookie: `_ga=GA1.1.1;${name.replace("_", ".")}=${value}`,
  }),
  "behind an equals sign": (name, value) => ({ cookie: `_ga=a=b; ${name.replace("_", ".")}=${value}` }),
  "behind a cookie without a name": (name, value) => ({ cookie: `=x; ${name.replace("_", ".")}=${value}` }),
  "behind empty cookies": (name, value) => ({ cookie: `; ;; ${name.replace("_", ".")}=${value}` }),
  "with a version": (name, value) => ({ cookie: `$Version=1; ${name.replace("_", ".")}=${value}; $Path=/` }),
  "a quoted value": (name, value) => ({ cookie: `${name.replace("_", ".")}="${value}"` }),
  "behind 3,000 letters": (name, value) => ({
    cookie: `_ga=${"x".repeat(3_000)}; ${name.replace("_", ".")}=${value}`,
  }),
  "in a second header": (name, value) => ({ cookie: ["_ga=GA1.1.1", `${name.replace("_", ".")}=${value}`] }),
};

/** Whether PHP reads the cookie under its real name. */
const understood = /^(?:as it is|dots|one dot|spaces|a bracket|leading|no space|behind|with a|in a second)/;

/**
 * Requests a page as a visitor with a cookie, in every spelling, and then as a stranger. @param secrets texts that no
 * stranger may see
 */
async function spell(
  server: Machine,
  path: string,
  cookie: string,
  secrets: readonly string[],
): Promise<string> {
  const [name = "", value = ""] = cookie.split(/=(.*)/s);
  let seenByOwner = 0;
  for (const [number, [what, spelled]] of Object.entries(spellings).entries()) {
    const address = `${path}?spelling=${name.length}-${number}`;
    const own = await visit(server, address, { headers: spelled(name, value) });
    expect([what, own.headers["x-page-cache"]]).to.deep.equal([what, "BYPASS"]);
    if (secrets.some((secret) => own.text.includes(secret))) seenByOwner += 1;
    else expect(what, `${what}: the owner does not see it`).not.to.match(understood);
    const stranger = await visit(server, address);
    expect(stranger.headers["x-page-cache"], what).not.to.equal("BYPASS");
    for (const secret of secrets) {
      expect(stranger.text, `${what}: a stranger sees "${secret}"`).not.to.include(secret);
    }
  }
  return `${Object.keys(spellings).length} spellings, ${seenByOwner} of which PHP understands`;
}

/** A page that is rendered for one visitor must not be shown to others. */
export async function poisonThePageCache(
  lab: Lab,
  report: Report,
  a: Machine,
  author: Author,
): Promise<void> {
  report.section("The page cache: no visitor can change what others see");
  const { link } = await author.get("posts/1", post);
  const path = new URL(link).pathname;
  await report.check("a comment that awaits moderation, and its author's e-mail address", async () => {
    const fields = { author: "Mallory", email: "mallory@stranger.test", comment: "Not yet moderated" };
    const answer = await commentOn(lab, a, 1, { ...fields, "wp-comment-cookies-consent": "yes" });
    const cookies = cookiesSetBy(answer).split("; ");
    const email = cookies.find((each) => each.startsWith("comment_author_email_")) ?? "";
    const words = await spell(a, path, email, [
      "Not yet moderated",
      "mallory@stranger.test",
      "mallory%40stranger.test",
    ]);
    const noCookie = await commentOn(lab, a, 1, {
      ...fields,
      email: "other@stranger.test",
      comment: "Waits, without a cookie",
    });
    const { search } = new URL(noCookie.headers.location ?? "", `https://${site}`);
    for (const query of [search, search.replace("unapproved", "%75napproved")]) {
      for (const time of ["first", "second"]) {
        const shown = await visit(a, `${path}${query}`);
        expect([query, time, shown.headers["x-page-cache"]]).to.deep.equal([query, time, "BYPASS"]);
        expect(shown.text).to.include("Waits, without a cookie");
      }
    }
    return words;
  });
  await report.check("a page with the administrator's name", async () => {
    const session = author.cookies.split("; ").find((each) => each.startsWith("wordpress_logged_in_")) ?? "";
    return await spell(a, path, session, ['id="wpadminbar"', "wp-admin/profile.php"]);
  });
  await report.check("a post behind a password", async () => {
    const secret = "Only with the password";
    const made = await author.post(
      "posts",
      { title: "Protected", content: secret, status: "publish", password: "open" },
      post,
    );
    const protectedPath = new URL(made.link).pathname;
    const answer = await submit(a, "/wp-login.php?action=postpass", { post_password: "open" });
    const cookie = cookiesSetBy(answer);
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    for (const [what, spelled] of Object.entries(spellings)) {
      const shown = await visit(a, protectedPath, { headers: spelled(name, value) });
      if (what === "unchanged") expect(shown.text).to.include(secret);
      const stranger = await visit(a, protectedPath);
      expect(stranger.text, what).not.to.include(secret);
      expect(stranger.text, what).to.include("post_password");
    }
    return undefined;
  });
  await otherHeaders(report, a, path);
}

/** A header that is not in the cache's key must not change the page. */
async function otherHeaders(report: Report, a: Machine, path: string): Promise<void> {
  const mark = "poison-7f3a";
  const headers: Readonly<Record<string, string>> = {
    "x-forwarded-host": `${mark}.test`,
    "x-host": `${mark}.test`,
    "x-forwarded-server": `${mark}.test`,
    "x-forwarded-prefix": `/${mark}`,
    forwarded: `host=${mark}.test`,
    "x-original-url": `/${mark}`,
    "x-rewrite-url": `/${mark}`,
    "x-http-method-override": "POST",
    "accept-language": mark,
    "user-agent": mark,
    referer: `https://${mark}.test/`,
    "x-real-ip": mark,
    proxy: `http://${mark}.test`,
    cookie: `theme=${mark}`,
    accept: `text/html, ${mark}/*`,
  };
  await report.check("headers that are not in the cache's key", async () => {
    for (const [number, [name, value]] of Object.entries(headers).entries()) {
      const address = `${path}?probe=${number}`;
      const first = await visit(a, address, { headers: { [name]: value } });
      expect([name, first.status, first.headers["x-page-cache"]]).to.deep.equal([name, 200, "MISS"]);
      const next = await visit(a, address);
      expect([name, next.headers["x-page-cache"]]).to.deep.equal([name, "HIT"]);
      expect(next.text, name).not.to.include(mark);
      expect(next.text, name).not.to.include(addresses.visitor);
    }
    return `${Object.keys(headers).length} headers`;
  });
  await report.check("another Host, in the header or in the request's first line", async () => {
    await visit(a, `${path}?host`, { headers: { host: `${mark}.test` } });
    await visit(a, `http://${mark}.test${path}?host`);
    const next = await visit(a, `${path}?host`);
    expect(next.status).to.equal(200);
    expect(next.text).not.to.include(mark);
    return undefined;
  });
}
