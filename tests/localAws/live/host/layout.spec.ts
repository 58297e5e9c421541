import { expect } from "chai";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { namePrefix, socketParent } from "../../../../localAws/live/host/layout";
import { scopeCommand } from "../../../../localAws/live/host/scope";

describe("the names of a live region", () => {
  it("are the same for one folder under every path, and differ between folders", () => {
    const parent = mkdtempSync(path.join(tmpdir(), "layout-test-"));
    try {
      const link = path.join(parent, "link");
      symlinkSync(parent, link);
      expect(namePrefix(link)).to.equal(namePrefix(parent));
      expect(namePrefix(parent)).not.to.equal(namePrefix(tmpdir()));
    } finally {
      rmSync(parent, { recursive: true });
    }
  });

  it("fit into the path of a Unix socket, outside of /run, which the box hides", () => {
    expect(socketParent("/var/tmp")).to.equal("/var/tmp");
    expect(socketParent("/run/user/1000")).to.equal("/tmp");
    expect(socketParent("/running")).to.equal("/running");
    expect(socketParent(`/home/${"long-name/".repeat(8)}`)).to.equal("/tmp");
  });
});

describe("the scope of systemd", () => {
  it("is a user's own, and leaves its cgroup to the program", () => {
    expect(scopeCommand("wordpress-1", true).join(" ")).to.equal(
      "systemd-run --user --scope --quiet --collect --unit=wordpress-1.wordpress-live.scope --property=Delegate=yes --",
    );
    expect(scopeCommand("wordpress-1", false)).not.to.include("--user");
  });
});
