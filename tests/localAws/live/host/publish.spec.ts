import { expect } from "chai";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Publisher } from "../../../../localAws/live/host/publish";

describe("the ports of a container", () => {
  it("lead to the same ports of loopback, also when they are opened twice", async () => {
    const site = createServer((request, response) => response.end(`page of ${request.headers.host ?? ""}`));
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a TCP server has such an address.
    const { port } = site.address() as AddressInfo;
    const lines: string[] = [];
    const publisher = new Publisher(["127.0.0.2"], (line) => lines.push(line));
    try {
      publisher.open([null, `http://127.0.0.1:${port}`]);
      publisher.open([`http://127.0.0.1:${port}/local/`]);
      const answer = await fetch(`http://127.0.0.2:${port}/`, { headers: { connection: "close" } });
      expect(await answer.text()).to.equal(`page of 127.0.0.2:${port}`);
      expect(lines).to.deep.equal([]);
    } finally {
      await publisher.close();
      site.close();
    }
  });

  it("that another program uses are reported", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.3", resolve));
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a TCP server has such an address.
    const { port } = other.address() as AddressInfo;
    const lines: string[] = [];
    const publisher = new Publisher(["127.0.0.3"], (line) => lines.push(line));
    publisher.open([`http://127.0.0.1:${port}`]);
    await publisher.close();
    other.close();
    expect(lines.join()).to.contain(`127.0.0.3:${port} is not published`).and.to.contain("EADDRINUSE");
  });
});
