import { expect } from "chai";
import { z } from "zod";

import { waitFor } from "../../../../localAws/live/command";
import type { Author } from "../../lab/author";
import type { Lab } from "../../lab/lab";
import type { Machine } from "../../lab/machine";
import { visit, type Answer } from "../../lab/visit";
import { pause } from "../../support/pause";
import type { Report } from "../../support/report";
import { commentOn } from "./comment";

const withinSeconds = 2;
const anything = z.looseObject({});
const post = z.object({ id: z.number(), link: z.string() });

/** What a stranger must see after a change. */
interface Sight {
  readonly path: string;
  readonly what: (answer: Answer) => boolean;
}

const has = (path: string, text: string): Sight => ({ path, what: (answer) => answer.text.includes(text) });
const lacks = (path: string, text: string): Sight => ({
  path,
  what: (answer) => !answer.text.includes(text),
});
const answers = (path: string, status: number): Sight => ({
  path,
  what: (answer) => answer.status === status,
});

/** Two servers; the changes are made on one of them. */
class Watch {
  constructor(
    private readonly report: Report,
    private readonly servers: readonly Machine[],
  ) {}

  /** Checks that every server has cached the old pages before the change, and serves the new ones soon after it. */
  async isSeenEverywhere(
    claim: string,
    sights: readonly Sight[],
    change: () => Promise<unknown>,
  ): Promise<void> {
    for (const server of this.servers) {
      for (const { path, what } of sights) {
        await visit(server, path);
        const cached = await visit(server, path);
        if (cached.headers["x-page-cache"] !== "BYPASS")
          expect([path, what(cached)]).to.deep.equal([path, false]);
      }
    }
    await change();
    const began = performance.now();
    await this.report.checkTime(
      `${claim}: seen on every server within ${withinSeconds} s`,
      async () => {
        await Promise.all(
          this.servers.flatMap((server) =>
            sights.map(({ path, what }) =>
              waitFor(`${server.name} ${path}`, 20, async () =>
                what(await visit(server, path)) ? true : undefined,
              ),
            ),
          ),
        );
        return (performance.now() - began) / 1_000;
      },
      (seconds) => {
        this.report.measure(`${claim}: seen on every server`, `after ${seconds.toFixed(1)} s`);
        expect(seconds).to.be.lessThan(withinSeconds);
        return `${seconds.toFixed(1)} s`;
      },
      1,
    );
  }
}

/** Changes on one server, which strangers see on both. */
export async function purgeThePageCache(
  lab: Lab,
  report: Report,
  a: Machine,
  b: Machine,
  author: Author,
): Promise<void> {
  report.section("The page cache: a change on one server, seen on both");
  const watch = new Watch(report, [b, a]);
  const made = await publish(watch, author);
  await comment(lab, report, watch, author, a, b, made);
  await changeTheSite(watch, author, a);
  await schedule(watch, author, a);
  await raceWithAPurge(report, author, b, made);
  await loseTheDatabase(lab, report, [a, b], author, made);
  await withdraw(watch, author, made);
}

type Post = z.output<typeof post>;

async function publish(watch: Watch, author: Author): Promise<Post> {
  const today = new Date();
  const month = `/${today.getUTCFullYear()}/${String(today.getUTCMonth() + 1).padStart(2, "0")}/`;
  const path = `${month}purged-news/`;
  const title = "Purged news";
  let made: Post | undefined;
  const lists = ["/", "/feed/", "/category/uncategorized/", "/author/admin/", month, "/?utm_source=mail"];
  await watch.isSeenEverywhere(
    "a published post",
    [...lists.map((each) => has(each, title)), answers(path, 200), has("/wp-sitemap-posts-post-1.xml", path)],
    async () => {
      const fields = { title, slug: "purged-news", content: "First words", status: "publish" };
      made = await author.post("posts", fields, post);
    },
  );
  if (made === undefined) throw new Error("WordPress made no post.");
  const { id } = made;
  await watch.isSeenEverywhere(
    "an edited post",
    [has(path, "Second words"), has("/feed/", "Second words")],
    () => author.post(`posts/${id}`, { content: "Second words" }, anything),
  );
  return made;
}

async function comment(
  lab: Lab,
  report: Report,
  watch: Watch,
  author: Author,
  a: Machine,
  b: Machine,
  { id, link }: Post,
): Promise<void> {
  const path = new URL(link).pathname;
  const text = "A comment for everyone";
  await commentOn(lab, a, id, { author: "Ann", email: "ann@reader.test", comment: text });
  const [waiting] = await author.get(
    "comments?status=hold&search=everyone",
    z.array(z.object({ id: z.number() })),
  );
  const comment = `comments/${waiting?.id ?? 0}`;
  // The purge of the previous change has ended.
  await pause(withinSeconds * 1_000);
  await visit(b, "/sample-page/");
  await watch.isSeenEverywhere(
    "an approved comment",
    [has(path, text), has(`${path}?utm_source=mail`, text), has("/comments/feed/", text)],
    () => author.post(comment, { status: "approved" }, anything),
  );
  await report.check("an approved comment leaves the other pages in the cache", async () => {
    expect((await visit(b, "/sample-page/")).headers["x-page-cache"]).to.equal("HIT");
    return undefined;
  });
  await watch.isSeenEverywhere("an edited comment", [has(path, "Other words")], () =>
    author.post(comment, { content: "Other words" }, anything),
  );
  await watch.isSeenEverywhere(
    "a comment marked as spam",
    [lacks(path, "Other words"), lacks("/comments/feed/", "Other words")],
    () => author.post(comment, { status: "spam" }, anything),
  );
}

async function changeTheSite(watch: Watch, author: Author, a: Machine): Promise<void> {
  await watch.isSeenEverywhere(
    "the site's title",
    [has("/", "<title>Another title"), has("/sample-page/", "Another title")],
    () => author.post("settings", { title: "Another title" }, anything),
  );
  await watch.isSeenEverywhere("the site's title, set back", [has("/", "<title>Lab site")], () =>
    author.post("settings", { title: "Lab site" }, anything),
  );
  await watch.isSeenEverywhere("a category's name", [has("/category/uncategorized/", "Other things")], () =>
    author.post("categories/1", { name: "Other things" }, anything),
  );
  await watch.isSeenEverywhere("an author's name", [has("/author/admin/", "Ada Admin")], () =>
    author.post("users/1", { name: "Ada Admin" }, anything),
  );
  const templates = await author.get(
    "template-parts",
    z.array(z.object({ id: z.string(), slug: z.string() })),
  );
  const footer = templates.find(({ slug }) => slug === "footer")?.id ?? "";
  await watch.isSeenEverywhere("the theme's footer", [has("/sample-page/", "Footer of the lab")], () =>
    author.post(
      `template-parts/${footer}`,
      { content: "<!-- wp:paragraph --><p>Footer of the lab</p><!-- /wp:paragraph -->" },
      anything,
    ),
  );
  await watch.isSeenEverywhere("a change by a program on a server", [has("/", "Words of a program")], () =>
    a.run(
      ...["runuser", "-u", "www-data", "--", "php", "-r"],
      `require '/usr/local/lib/wordpress-on-aws/visit.php'; pretend_visit('/'); require '/usr/share/wordpress/wp-load.php';
       wp_insert_post(['post_title' => 'Words of a program', 'post_status' => 'publish', 'post_author' => 1]);`,
    ),
  );
}

async function schedule(watch: Watch, author: Author, a: Machine): Promise<void> {
  const title = "News of tomorrow";
  await author.post("posts", { title, status: "future", date_gmt: inSeconds(70) }, post);
  await watch.isSeenEverywhere(
    "a scheduled post, published by cron",
    [has("/", title), has("/feed/", title)],
    async () => {
      await a.run(
        ...["runuser", "-u", "www-data", "--", "php", "-r"],
        `require '/usr/local/lib/wordpress-on-aws/visit.php'; pretend_visit('/'); require '/usr/share/wordpress/wp-load.php';
       foreach (get_posts(['post_status' => 'future']) as $post) {
         $now = time() - 5;
         $GLOBALS['wpdb']->update($GLOBALS['wpdb']->posts, ['post_date_gmt' => gmdate('Y-m-d H:i:s', $now), 'post_date' => gmdate('Y-m-d H:i:s', $now)], ['ID' => $post->ID]);
         wp_clear_scheduled_hook('publish_future_post', [$post->ID]);
         wp_schedule_single_event($now, 'publish_future_post', [$post->ID]);
       }`,
      );
      await a.run("systemctl", "start", "wordpress-cron.service");
    },
  );
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString().slice(0, 19);
}

/** A page that is rendered from data before the change, and finished after it. */
async function raceWithAPurge(report: Report, author: Author, b: Machine, { id, link }: Post): Promise<void> {
  await report.check("a page that was being rendered when the purge came is not stored", async () => {
    const path = `${new URL(link).pathname}?probe=slow`;
    const slow = visit(b, path);
    await pause(1_200);
    await author.post(`posts/${id}`, { content: "Third words" }, anything);
    expect((await slow).text).to.include("Second words");
    expect((await visit(b, path)).text).to.include("Third words");
    return undefined;
  });
}

/** Purged pages are still available in an outage; withdrawn pages are not. */
async function loseTheDatabase(
  lab: Lab,
  report: Report,
  servers: readonly Machine[],
  author: Author,
  { id, link }: Post,
): Promise<void> {
  const path = new URL(link).pathname;
  await report.check("a purge, then an outage: the previous pages are served", async () => {
    const paths = ["/sample-page/", path, "/"];
    for (const server of servers) {
      for (const each of paths) await visit(server, each);
    }
    await author.post(`posts/${id}`, { content: "Fourth words" }, anything);
    await pause(withinSeconds * 1_000);
    await lab.database.stop();
    try {
      for (const server of servers) {
        for (const each of paths) {
          expect([server.name, each, (await visit(server, each)).status]).to.deep.equal([
            server.name,
            each,
            200,
          ]);
        }
      }
    } finally {
      await lab.database.start();
    }
    for (const server of servers) {
      await waitFor("the new words", 30, async () =>
        (await visit(server, path)).text.includes("Fourth words") ? true : undefined,
      );
    }
    return undefined;
  });
  await report.check("a withdrawn post, then an outage: it is not served", async () => {
    const secret = "Withdrawn words";
    const made = await author.post("posts", { title: secret, content: secret, status: "publish" }, post);
    await pause(withinSeconds * 1_000);
    const paths = [new URL(made.link).pathname, "/", "/feed/"];
    for (const server of servers) {
      for (const each of paths) expect((await visit(server, each)).text).to.include(secret);
    }
    await author.post(`posts/${made.id}`, { status: "draft" }, anything);
    await pause(withinSeconds * 1_000);
    await lab.database.stop();
    try {
      for (const server of servers) {
        for (const each of paths) expect((await visit(server, each)).text).not.to.include(secret);
      }
    } finally {
      await lab.database.start();
    }
    await waitFor("the site is back", 30, async () =>
      (await visit(servers[0] ?? raise(), `/?back=${Date.now()}`)).status === 200 ? true : undefined,
    );
    return undefined;
  });
}

function raise(): never {
  throw new Error("There are no servers.");
}

async function withdraw(watch: Watch, author: Author, { id, link }: Post): Promise<void> {
  const path = new URL(link).pathname;
  await watch.isSeenEverywhere(
    "a password",
    [lacks(path, "Fourth words"), lacks("/feed/", "Fourth words")],
    () => author.post(`posts/${id}`, { password: "closed" }, anything),
  );
  await watch.isSeenEverywhere("a password taken away", [has(path, "Fourth words")], () =>
    author.post(`posts/${id}`, { password: "" }, anything),
  );
  await watch.isSeenEverywhere(
    "a deleted post",
    [answers(path, 404), lacks("/", "Purged news"), lacks("/feed/", "Purged news")],
    () => author.trash(`posts/${id}`),
  );
}
