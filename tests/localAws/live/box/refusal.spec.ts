import { expect } from "chai";

import { refusalOf, type SystemFacts } from "../../../../localAws/live/box/refusal";
import { missingPrograms, wrongSystem } from "../../../../localAws/live/box/whyNot";

const facts: SystemFacts = {
  isRoot: false,
  isInContainer: false,
  appArmorRestricts: undefined,
  unprivilegedClone: undefined,
  maxUserNamespaces: "96365",
  user: "minji",
  folder: "/work/.local/emulator",
};
const denied = { steps: "", errors: "unshare: unshare failed: Operation not permitted\n" };

describe("why the box is not possible", () => {
  it("names the system and the processor", () => {
    expect(wrongSystem("darwin", "arm64")).to.contain("this is darwin").and.to.contain("docs/live.md");
    expect(wrongSystem("linux", "arm64")).to.contain("x86-64").and.to.contain("arm64");
    expect(wrongSystem("linux", "x64")).to.equal(undefined);
  });

  it("names missing programs with the line that installs them, each package once", () => {
    const packages = { ip: "iproute2", newuidmap: "uidmap", newgidmap: "uidmap", sh: "dash" };
    const find = (name: string): string | undefined => (name === "sh" ? "/bin/sh" : undefined);
    expect(missingPrograms(packages, find)).to.equal(
      "Missing: ip, newuidmap, newgidmap. Install with `sudo apt-get install iproute2 uidmap`.",
    );
    expect(missingPrograms({ sh: "dash" }, find)).to.equal(undefined);
  });

  it("names the sysctl that forbids user namespaces", () => {
    for (const [fact, name] of [
      [{ maxUserNamespaces: "0" }, "user.max_user_namespaces"],
      [{ unprivilegedClone: "0" }, "kernel.unprivileged_userns_clone"],
      [{ appArmorRestricts: "1" }, "kernel.apparmor_restrict_unprivileged_userns"],
    ] as const) {
      expect(refusalOf(denied, { ...facts, ...fact })).to.contain(`sudo sysctl -w ${name}=`);
    }
    expect(refusalOf(denied, facts)).to.contain("User minji may not create a user namespace");
  });

  it("does not blame sysctls of user namespaces when root is refused", () => {
    const root = { ...facts, isRoot: true, appArmorRestricts: "1" };
    expect(refusalOf(denied, root)).to.contain("Root may not create namespaces");
    expect(refusalOf(denied, { ...root, isInContainer: true })).to.contain("--privileged");
  });

  it("says how to get a range of ids, also in a container", () => {
    const errors = 'unshare: no line matching user "minji" in /etc/subuid: Success\n';
    const reason = refusalOf({ steps: "", errors }, { ...facts, isInContainer: true });
    expect(reason).to.contain("--add-subuids").and.not.to.contain("Success");
    expect(refusalOf({ steps: "ids\n", errors: "" }, facts)).to.contain("too short");
  });

  it("names the folder whose file system cannot be overlaid or is full", () => {
    const wrong = "mount: /x/root: wrong fs type.\n       dmesg(1) may have more information.\n";
    const steps = "ids\nmount\nnetwork\noverlay\n";
    expect(refusalOf({ steps, errors: wrong }, facts))
      .to.contain("/work/.local/emulator")
      .and.to.contain("wrong fs type");
    expect(refusalOf({ steps, errors: "cp: error writing: No space left on device" }, facts)).to.contain(
      "is full",
    );
  });

  it("names a kernel without virtual network interfaces", () => {
    const reason = refusalOf(
      { steps: "ids\nmount\nnetwork\n", errors: "Error: Unknown device type." },
      facts,
    );
    expect(reason).to.contain("modprobe veth");
  });
});
