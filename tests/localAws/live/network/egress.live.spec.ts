import type { Server } from "node:http";
import path from "node:path";

import { startPackageProxy } from "../../../../localAws/live/images/packageProxy";
import { identities, removeFolder } from "../support/identity";
import { testInBox } from "../support/inBox";

describe("packages from a box", () => {
  const [identity] = identities();
  let folder = "";
  let proxy: Server | undefined;

  before(async () => {
    if (identity === undefined) throw new Error("The tests run as no user.");
    folder = identity.makeFolder();
    const socket = path.join(folder, "packages.sock");
    proxy = await startPackageProxy(socket);
    process.env["LIVE_TEST_PACKAGES"] = socket;
  });

  after(() => {
    delete process.env["LIVE_TEST_PACKAGES"];
    proxy?.close();
    proxy?.closeAllConnections();
    removeFolder(folder);
  });

  it("come from this machine's mirror of Debian, where the VPC has a way out", async () => {
    if (identity !== undefined) await testInBox(identity, path.join(__dirname, "egress.inBox.ts"));
  });
});
