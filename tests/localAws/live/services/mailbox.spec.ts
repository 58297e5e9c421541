import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { waitFor } from "../../../../localAws/live/command";
import { Mailbox } from "../../../../localAws/live/services/mailbox";
import { routeRequest } from "./support/databases";

const sent = (number: number, accountId = "111111111111") => ({
  number,
  id: String(number),
  accountId,
  region: "us-east-1",
  kind: "ses",
  at: number,
  from: "a@example.com",
  to: ["b@example.com"],
  subject: `Mail ${number}`,
  text: "text",
});

describe("the mailbox", () => {
  let folder: string;
  let server: Server;
  let endpoint: string;
  let mails: unknown[];
  let boxes: Mailbox[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "mailbox-"));
    mails = [];
    boxes = [];
    server = createServer((request, response) => {
      const after = Number(new URL(request.url ?? "", "http://x").searchParams.get("after"));
      // A short wait, as the emulator's.
      setTimeout(() => response.end(JSON.stringify(mails.slice(after))), 5);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    endpoint = `http://127.0.0.1:${address.port}`;
  });

  afterEach(async () => {
    for (const box of boxes) await box.stop();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function open(bootId = "boot") {
    const events: string[] = [];
    const box = new Mailbox({
      folder,
      endpoint,
      event: ({ text }) => events.push(text),
      log: (line) => events.push(line),
    });
    boxes.push(box);
    await box.reconcile({ bootId });
    const holds = async (count: number): Promise<void> => {
      await waitFor(`${count} mails`, 5, () => (box.list().length === count ? true : undefined));
    };
    return { box, events, holds };
  }

  it("receives mail, newest first and by account, and puts it into the timeline", async () => {
    const { box, events, holds } = await open();
    mails = [sent(1), sent(2, "222222222222")];
    await holds(2);
    expect(box.list().map(({ subject }) => subject)).to.deep.equal(["Mail 2", "Mail 1"]);
    expect(box.list("111111111111").map(({ subject }) => subject)).to.deep.equal(["Mail 1"]);
    expect(events).to.deep.equal(["Mail 1 → b@example.com", "Mail 2 → b@example.com"]);
    mails.push(sent(3));
    await holds(3);
    const read = await box.routes["GET /mail/:id"]?.(routeRequest("boot-3"));
    expect(read).to.have.nested.property("json.subject", "Mail 3");
  });

  it("keeps mail for the next region, once, also when the emulator starts again", async () => {
    mails = [sent(1)];
    const before = await open();
    await before.holds(1);
    await before.box.stop();
    const again = await open();
    await again.holds(1);
    expect(again.events).to.deep.equal([]);
    await again.box.stop();
    const other = await open("other boot");
    await other.holds(2);
  });

  it("keeps the newest 500", async () => {
    mails = Array.from({ length: 510 }, (_each, index) => sent(index + 1));
    const { box, holds } = await open();
    await holds(500);
    expect(box.list().at(-1)?.subject).to.equal("Mail 11");
  });

  it("refuses a file of another form, and says what to do", () => {
    writeFileSync(join(folder, "mail.json"), "{}");
    const make = () => new Mailbox({ folder, endpoint, event: () => undefined, log: () => undefined });
    expect(make).to.throw("is not a mailbox");
  });
});
