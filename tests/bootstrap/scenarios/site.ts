import { expect } from "chai";

import { waitFor } from "../../../localAws/live/command";
import { site } from "../lab/addresses";
import { cookiesOf, logIn, openBrowser, openWindow, takeScreenshot, type Window } from "../lab/browser";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { visit } from "../lab/visit";
import type { Report } from "../support/report";

const title = "Written on one server";
const text = "Served by every server: äöü €";

/** A user's first tasks on a new site, in a real browser. @returns the administrator's cookies */
export async function useSite(lab: Lab, report: Report, a: Machine, b: Machine): Promise<string> {
  report.section("A user in Chromium: signs in on one server, publishes, reads on the other");
  await lab.balancer.waitForHealthy(["a", "b"]);
  const browser = await openBrowser();
  try {
    const author = await openWindow(browser);
    await onlyThrough(lab, "a", () => write(report, author));
    const cookies = await cookiesOf(author.page);
    await onlyThrough(lab, "b", async () => {
      await readOnTheOther(report, author, await openWindow(browser), b);
    });
    await lab.balancer.waitForHealthy(["a", "b"]);
    await report.check("no request without TLS, and no script error", () => {
      expect(author.insecure).to.deep.equal([]);
      expect(author.scriptErrors).to.deep.equal([]);
      return undefined;
    });
    await redirects(report, a);
    return cookies;
  } finally {
    await browser.close();
  }
}

/** The other server is drained. */
async function onlyThrough(lab: Lab, name: "a" | "b", work: () => Promise<void>): Promise<void> {
  const other = name === "a" ? "b" : "a";
  await lab.balancer.drain(other);
  try {
    await work();
  } finally {
    await lab.balancer.ready(other);
  }
}

async function write(report: Report, { page }: Window): Promise<void> {
  await report.check("sign in, with quotes, a dollar and a backslash in the password", async () => {
    await logIn(page);
    await takeScreenshot(page, "dashboard");
    return undefined;
  });
  await report.check("upload a picture", async () => {
    const picture = await page.screenshot({ type: "png" });
    await page.goto(`https://${site}/wp-admin/media-new.php?browser-uploader`);
    await page.setInputFiles("#async-upload", {
      name: "picture.png",
      mimeType: "image/png",
      buffer: picture,
    });
    await page.click("#html-upload");
    await page.waitForURL(/upload\.php/);
    return undefined;
  });
  await report.check("publish a post with it, in the block editor", async () => {
    await page.goto(`https://${site}/wp-admin/post-new.php`);
    await page.waitForFunction("window.wp?.data?.select('core/editor')?.getCurrentPostId()");
    await page.evaluate(`(async () => {
      const [picture] = await wp.apiFetch({ path: "/wp/v2/media" });
      const blocks = [
        wp.blocks.createBlock("core/image", { id: picture.id, url: picture.source_url, alt: "picture" }),
        wp.blocks.createBlock("core/paragraph", { content: ${JSON.stringify(text)} }),
      ];
      wp.data.dispatch("core/block-editor").insertBlocks(blocks);
      wp.data.dispatch("core/editor").editPost({ title: ${JSON.stringify(title)}, status: "publish" });
      await wp.data.dispatch("core/editor").savePost();
    })()`);
    const status = await page.evaluate("wp.data.select('core/editor').getCurrentPost().status");
    expect(status).to.equal("publish");
    return undefined;
  });
}

async function readOnTheOther(report: Report, author: Window, reader: Window, b: Machine): Promise<void> {
  await report.check("a visitor reads the post and sees the picture on the other server", async () => {
    const { page } = reader;
    // Every server purges its page cache within 2 s; the limit is higher for a busy machine.
    await waitFor("the front page has the new post", 10, async () => {
      await page.goto(`https://${site}/`);
      return (await page.locator(`text=${title}`).count()) > 0 ? true : undefined;
    });
    await page.click(`text=${title}`);
    await page.waitForSelector(`text=${text}`);
    const width = await page.evaluate(
      "document.querySelector('article img, .wp-block-image img').naturalWidth",
    );
    expect(width).to.be.greaterThan(0);
    await takeScreenshot(page, "post");
    await page.goto(`https://${site}/`);
    await takeScreenshot(page, "front-page");
    expect(reader.insecure).to.deep.equal([]);
    return undefined;
  });
  await report.check("the session is valid there", async () => {
    await author.page.goto(`https://${site}/wp-admin/edit.php`);
    await author.page.waitForSelector(`text=${title}`);
    return undefined;
  });
  await report.check("the picture's other sizes exist too", async () => {
    const media = await visit(b, "/wp-json/wp/v2/media");
    const [, address = ""] =
      /"thumbnail":\{[^}]*"source_url":"([^"]+)"/.exec(media.text.replaceAll("\\/", "/")) ?? [];
    const thumbnail = await visit(b, new URL(address).pathname);
    expect(thumbnail.headers["content-type"]).to.equal("image/png");
    return undefined;
  });
}

async function redirects(report: Report, a: Machine): Promise<void> {
  await report.check("HTTP redirects to HTTPS once, and no page redirects in a loop", async () => {
    const plain = await visit("balancer", "/", { scheme: "http" });
    // AWS's load balancer writes the port.
    expect(plain.headers.location).to.equal(`https://${site}:443/`);
    for (const [path, to] of [
      ["/wp-admin", "/wp-admin/"],
      ["/wp-admin/", "/wp-login.php"],
    ] as const) {
      const answer = await visit(a, path);
      expect(new URL(answer.headers.location ?? "", `https://${site}`).pathname).to.equal(to);
    }
    expect((await visit(a, "/wp-login.php")).status).to.equal(200);
    return undefined;
  });
}
