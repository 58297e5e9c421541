import type { BrowserContext, Page } from "playwright-core";

import { z } from "../../../cli/json";
import { openChromium } from "../../localAws/live/page/chromium";

export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface AuthorsVisit {
  /** Requests to another place than the site's address, and script errors. */
  readonly faults: readonly string[];
  /** The address of the post. */
  readonly post: string;
  /** The address of the picture in the post as a visitor sees it, its width there, and what the author uploaded. */
  readonly picture: { readonly url: string; readonly width: number; readonly uploaded: Buffer };
  /** The site's title as a visitor sees it after the customizer changed it. */
  readonly title: string;
}

const title = "Written through the door";
const siteTitle = "A customized title";

/** WordPress's own pictures of users and of its news. They are the same on AWS. */
const ofWordPress = ["secure.gravatar.com", "s.w.org", "wordpress.org"];

/** Logs in, uploads a picture, writes a post with it, customizes the site, and looks at it as a visitor. */
export async function visitAsAuthor(site: string, login: Login): Promise<AuthorsVisit> {
  const browser = await openChromium();
  try {
    const faults: string[] = [];
    const author = watched(
      await browser.newContext({ viewport: { width: 1_280, height: 900 } }),
      site,
      faults,
    );
    const page = await author.newPage();
    await logIn(page, site, login);
    const uploaded = await upload(page, site);
    const post = await write(page, site);
    await customize(page, site);
    const visitor = await watched(await browser.newContext(), site, faults).newPage();
    await visitor.goto(post);
    const image = visitor.locator(".wp-block-image img");
    await image.waitFor();
    return {
      faults,
      post,
      picture: {
        url: (await image.getAttribute("src")) ?? "",
        uploaded,
        width: z
          .number()
          .parse(await visitor.evaluate("document.querySelector('.wp-block-image img').naturalWidth")),
      },
      title: await visitor.title(),
    };
  } finally {
    await browser.close();
  }
}

function watched(context: BrowserContext, site: string, faults: string[]): BrowserContext {
  context.setDefaultTimeout(90_000);
  context.on("request", (request) => {
    const { protocol, origin, hostname } = new URL(request.url());
    if (!/^(?:http|ws)s?:$/.test(protocol)) return;
    if (origin !== new URL(site).origin && !ofWordPress.includes(hostname)) {
      faults.push(`request to ${request.url()}`);
    }
  });
  context.on("weberror", (error) => faults.push(error.error().message));
  return context;
}

async function logIn(page: Page, site: string, { username, password }: Login): Promise<void> {
  await page.goto(`${site}/wp-admin/options-general.php`);
  await page.fill("#user_login", username);
  await page.fill("#user_pass", password);
  await page.click("#wp-submit");
  // The form keeps the address that the login began with.
  await page.waitForURL(`${site}/wp-admin/options-general.php`);
}

/** Noise does not compress: a picture of 1.9 MB, which WordPress also scales. */
const drawNoise = `(() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 700 });
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  image.data.forEach((_, index) => (image.data[index] = index % 4 === 3 ? 255 : Math.random() * 256));
  context.putImageData(image, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
})()`;

/** Sends the form of WordPress's media library, as `multipart/form-data`. @returns the picture */
async function upload(page: Page, site: string): Promise<Buffer> {
  const buffer = Buffer.from(z.string().parse(await page.evaluate(drawNoise)), "base64");
  await page.goto(`${site}/wp-admin/media-new.php?browser-uploader`);
  await page.setInputFiles("#async-upload", { name: "picture.png", mimeType: "image/png", buffer });
  await page.click("#html-upload");
  await page.waitForURL(/upload\.php/);
  return buffer;
}

async function write(page: Page, site: string): Promise<string> {
  await page.goto(`${site}/wp-admin/post-new.php`);
  await page.waitForFunction("window.wp?.data?.select('core/editor')?.getCurrentPostId()");
  const result = await page.evaluate(`(async () => {
    const [picture] = await wp.apiFetch({ path: "/wp/v2/media" });
    wp.data.dispatch("core/block-editor").insertBlocks([
      wp.blocks.createBlock("core/image", { id: picture.id, url: picture.source_url, alt: "picture" }),
    ]);
    wp.data.dispatch("core/editor").editPost({ title: ${JSON.stringify(title)}, status: "publish" });
    await wp.data.dispatch("core/editor").savePost();
    return wp.data.select("core/editor").getCurrentPost().link;
  })()`);
  return z.string().parse(result);
}

/** The customizer shows the site in a frame, and stores its settings by AJAX. */
async function customize(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/wp-admin/customize.php`);
  await page.waitForFunction("window.wp?.customize?.previewer?.targetWindow?.() && wp.customize('blogname')");
  await page.evaluate(`(async () => {
    await new Promise((resolve) => wp.customize.previewer.deferred.active.done(resolve));
    wp.customize("blogname").set(${JSON.stringify(siteTitle)});
    await wp.customize.previewer.save();
  })()`);
}
