import { source as axe } from "axe-core";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";

import type { PageState, TimelineEntry } from "../../../../localAws/live/page/model/page";
import { type PageServer, startPage } from "../../../../localAws/live/page/page";
import { openChromium, openPage, type WindowOptions } from "./chromium";
import { first, second } from "./recorded";
import { recordedPage, type ScriptedStack, scriptedStack } from "./scripted";

const attack = `<img src=x onerror="document.title='attacked'"><script>document.title='attacked'</script>`;

function entry(text: string, given: Partial<TimelineEntry> = {}): TimelineEntry {
  const at = Date.now();
  return {
    id: `test ${text}`,
    at,
    kind: "scaling",
    tone: "info",
    text,
    detail: null,
    serverId: null,
    because: null,
    ...given,
  };
}

/** Everything that others can name, with markup in it. */
function attackedPage(): PageState {
  const page = recordedPage();
  const named = page.servers.map((server) => ({ ...server, name: attack, type: attack, imageId: attack }));
  return {
    ...page,
    about: { ...page.about, siteUrl: "javascript:document.title='attacked'" },
    group: page.group && { ...page.group, name: attack },
    servers: named,
    others: page.others.map((server) => ({ ...server, name: attack })),
    alarms: page.alarms.map((alarm) => ({ ...alarm, label: attack, description: attack })),
    timeline: [entry(attack, { detail: attack })],
    database: page.database && { ...page.database, id: attack },
    mail: [{ id: attack, at: Date.now(), from: attack, to: [attack], subject: attack, text: attack }],
    problems: [{ topic: "x", text: attack, since: Date.now() }],
  };
}

describe("the page in Chromium", () => {
  let browser: Browser;
  let server: PageServer;
  let stack: ScriptedStack;

  before(async () => {
    browser = await openChromium();
  });
  after(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    stack = scriptedStack(recordedPage());
    server = await startPage({ stacks: stack.stacks, port: 0 });
  });
  afterEach(async () => {
    await server.close();
  });
  const open = (options?: WindowOptions) => openPage(browser, server.url, options);
  const card = (page: Page, id: string) => page.locator(".card", { hasText: id });

  it("shows servers by zone with state, age and CPU, the group's sizes, the cost and the timeline's causes", async () => {
    const { page, faults, close } = await open();
    const text = async (selector: string) =>
      (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");
    expect(await page.title()).to.equal("dev: the site's servers");
    expect(await text("#figures")).to.match(/1 of 2 min 1, desired 2, max 4/);
    expect(await text(".zone:has-text('us-east-1a')")).to.match(
      /us-east-1a 1 server healthy \d+ min i-0aaaaaaaaaaaaaaa1 CPU 96 % of target 80 %/,
    );
    expect(await card(page, second).innerText()).to.contain("Elb.InitialHealthChecking");
    expect(await page.locator(".entry").first().innerText()).to.match(
      /Launching a new EC2 instance.*in progress\s+because of Alarm target tracking: scale out: ALARM/s,
    );
    expect(await text("#cost tfoot")).to.match(/Total \$0\.\d{4}/);
    expect(await page.getAttribute("#cpu .chart", "aria-label")).to.match(
      /^CPU\. The group is at 98 %, above the target\./,
    );
    expect(await page.locator("#cpu canvas").count()).to.equal(1);
    expect(faults).to.deep.equal([]);
    await close();
  });

  it("shows a change at once, without losing the focus or an open detail", async () => {
    const { page, close } = await open();
    await page.locator(".entry summary").first().click();
    await card(page, first).getByRole("button", { name: /^Load/ }).focus();
    const { servers, timeline } = stack.state();
    stack.set({
      servers: servers.map((each) => ({
        ...each,
        target: { state: "healthy", reason: null, description: null },
      })),
      timeline: [
        entry(`${second} is healthy in the target group`, { tone: "good", kind: "health" }),
        ...timeline,
      ],
    });
    await card(page, second).getByText("healthy", { exact: true }).waitFor();
    await page.locator(".entry").first().getByText("is healthy in the target group").waitFor();
    expect(await page.locator("#figures").innerText()).to.contain("2 of 2");
    expect(await page.locator(".entry details[open]").count()).to.equal(1);
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("Load");
    // A screen reader reads the news politely.
    await page.locator("#news").getByText(`Health: ${second} is healthy`).waitFor({ state: "attached" });
    expect(await page.getAttribute("#news", "aria-live")).to.equal("polite");
    await close();
  });

  it("loads a server, and ends one only after a confirmation, by keyboard alone", async () => {
    const { page, close } = await open();
    await card(page, first)
      .getByRole("button", { name: `Load ${first}`, exact: true })
      .focus();
    await page.keyboard.press("Enter");
    await page.locator(".toast", { hasText: "Done: load." }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: `End ${first}?` });
    await dialog.waitFor();
    expect(await dialog.innerText()).to.contain("The group replaces it.");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(stack.actions).to.deep.equal([{ kind: "load", serverId: first }]);
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("End");
    await page.keyboard.press("Enter");
    // Cancel has the focus; the next one acts.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".toast", { hasText: "Done: end." }).waitFor();
    expect(stack.actions.at(-1)).to.deep.equal({ kind: "end", serverId: first });
    await close();
  });

  it("pauses and resumes the group, cuts the database, and shows why an action was refused", async () => {
    const { page, close } = await open();
    const confirm = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
    };
    await confirm("Pause");
    await page.locator(".toast", { hasText: "Done: pause." }).waitFor();
    const { group } = stack.state();
    stack.set({ group: group && { ...group, min: 0, desired: 0, max: 0 } });
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.locator(".toast", { hasText: "Done: resume." }).waitFor();
    stack.refuseWith("The database is already cut off.");
    await confirm("Cut off the database");
    await page.locator(".toast", { hasText: "The database is already cut off." }).waitFor();
    expect(stack.actions.map(({ kind }) => kind)).to.deep.equal(["pause", "resume", "cutDatabase"]);
    await close();
  });

  it("shows markup in names, tags, alarms and mail as text", async () => {
    stack.set(attackedPage());
    const { page, faults, close } = await open();
    await page.locator("#mail summary").first().click();
    expect(await page.locator("#mail .mail-text").innerText()).to.equal(attack);
    expect(await page.locator(".others").innerText()).to.contain(attack);
    expect(await page.locator("img").count()).to.equal(0);
    expect(await page.locator(".site").isVisible()).to.equal(false);
    expect(await page.title()).to.equal("dev: the site's servers");
    expect(faults).to.deep.equal([]);
    await close();
  });

  it("connects again to a server that started again, and shows what changed meanwhile", async () => {
    const { page, faults, close } = await open();
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.locator(".live", { hasText: "reconnecting" }).waitFor();
    const { database } = stack.state();
    stack.set({ database: database && { ...database, state: "rebooting" } });
    server = await startPage({ stacks: stack.stacks, port });
    await page.locator(".live", { hasText: /^live$/ }).waitFor();
    await page.locator("#database", { hasText: "rebooting" }).waitFor();
    // The new server has another token.
    await card(page, first)
      .getByRole("button", { name: `Load ${first}`, exact: true })
      .click();
    await page.locator(".toast", { hasText: "Done: load." }).waitFor();
    expect(faults).to.deep.equal([]);
    await close();
  });

  for (const width of [320, 360, 768, 1920]) {
    it(`needs no horizontal scrolling at a width of ${width} pixels, with the longest names`, async () => {
      const long = "a".repeat(120);
      stack.set({
        ...attackedPage(),
        timeline: [entry(`Launching a new EC2 instance: ${long}`, { detail: long })],
        mail: [{ id: "1", at: Date.now(), from: long, to: [long], subject: long, text: long }],
      });
      const { page, close } = await open({ width });
      await page.locator("#mail summary").first().click();
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).to.equal(0);
      await close();
    });
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1440]) {
      it(`has no accessibility problem that axe finds: ${colorScheme}, ${width} pixels wide`, async () => {
        stack.set({
          problems: [{ topic: "x", text: "AWS limits the number of requests.", since: Date.now() }],
        });
        const { page, close } = await open({ colorScheme, width, bypassCSP: true });
        await page.evaluate(axe);
        expect(await violations(page)).to.deep.equal([]);
        await page.getByRole("button", { name: "Pause", exact: true }).click();
        await page.getByRole("dialog").waitFor();
        expect(await violations(page)).to.deep.equal([]);
        await close();
      });
    }
  }

  it("has no buttons on a page that only reads", async () => {
    await server.close();
    stack = scriptedStack(recordedPage("aws"), { readOnly: true });
    server = await startPage({ stacks: stack.stacks, port: 0 });
    const { page, faults, close } = await open();
    expect(await page.getByRole("button").count()).to.equal(0);
    expect(await page.locator(".top").innerText()).to.contain("AWS account, read only");
    expect(await page.locator("#mail").isVisible()).to.equal(false);
    expect(faults).to.deep.equal([]);
    await close();
  });
});

async function violations(page: Page): Promise<unknown> {
  return await page.evaluate(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) => html + " " + failureSummary).join(" | ")))`,
  );
}
