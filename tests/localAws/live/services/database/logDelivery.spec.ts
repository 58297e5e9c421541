import { expect } from "chai";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "../../../../../cli/json";
import { waitFor } from "../../../../../localAws/live/command";
import { entriesOf, startLogDelivery } from "../../../../../localAws/live/services/database/logDelivery";

const bodySchema = z.object({
  logGroupName: z.string(),
  logStreamName: z.string(),
  logEvents: z.array(z.object({ message: z.string() })).optional(),
});

describe("the delivery of a database's logs", () => {
  let folder: string;
  let server: Server;
  let endpoint: string;
  let received: string[];
  let exported: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "logs-"));
    received = [];
    exported = "";
    server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      request.once("end", () => {
        const { logGroupName, logStreamName, logEvents = [] } = bodySchema.parse(JSON.parse(text));
        const isKnown = exported.includes(logGroupName);
        for (const { message } of logEvents) received.push(`${logGroupName} ${logStreamName} ${message}`);
        response.statusCode = isKnown ? 200 : 400;
        response.end(isKnown ? "{}" : JSON.stringify({ __type: "ResourceNotFoundException" }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    endpoint = `http://127.0.0.1:${address.port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("sends each whole line once, to the groups that exist", async () => {
    exported = "/aws/rds/instance/db/error";
    writeFileSync(join(folder, "slow.log"), "# User@Host: a[a]\nSELECT 1;\n");
    writeFileSync(join(folder, "error.log"), "first\nhalf");
    const place = { accountId: "111111111111", region: "us-east-1" };
    const delivery = startLogDelivery({
      databases: () => [{ id: "db", place, folder }],
      endpoint,
      log: (line) => received.push(line),
      milliseconds: 5,
    });
    const arrives = async (count: number) => {
      await waitFor(`${count} lines`, 10, () => (received.length >= count ? true : undefined));
    };
    await arrives(1);
    appendFileSync(join(folder, "error.log"), " of 한글\n");
    await arrives(2);
    appendFileSync(join(folder, "error.log"), "third\n");
    await arrives(3);
    await delivery.stop();
    const group = "/aws/rds/instance/db/error db";
    expect(received).to.deep.equal([`${group} first`, `${group} half of 한글`, `${group} third`]);
  });

  it("keeps the lines of a slow statement together, and leaves the log's heading out", () => {
    const text = [
      "/usr/sbin/mariadbd, Version: 11.8.3-MariaDB. started with:",
      "Tcp port: 3306  Unix socket: /run/mysqld/a.sock",
      "# Time: 261130 20:00:00",
      "# User@Host: a[a] @  [10.0.0.1]",
      "SELECT SLEEP(2);",
      "# User@Host: b[b] @  [10.0.0.2]",
      "SELECT 2;",
      "# Time: 261130 20:00:01",
      "# User@Host: c[c] @  [10.0.0.3]",
      "SELECT 3;",
      "",
    ].join("\n");
    expect(entriesOf("slowquery", text)).to.deep.equal([
      "# Time: 261130 20:00:00\n# User@Host: a[a] @  [10.0.0.1]\nSELECT SLEEP(2);",
      "# User@Host: b[b] @  [10.0.0.2]\nSELECT 2;",
      "# Time: 261130 20:00:01\n# User@Host: c[c] @  [10.0.0.3]\nSELECT 3;",
    ]);
    expect(entriesOf("error", "one\n\ntwo\n")).to.deep.equal(["one", "two"]);
  });
});
