import { expect } from "chai";

import { hierarchies } from "../../../../localAws/live/box/cgroupPlace";

const unifiedMount = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";
const cpuMount = "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct";
const memoryMount = "34 31 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
const otherMount = "33 31 0:30 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset";

describe("the place of the box's cgroups", () => {
  it("is the process's own folder of cgroup v2", () => {
    const mounts = "30 25 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate";
    const own = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope\n";
    expect(hierarchies(mounts, own)).to.deep.equal({
      unified: {
        mountPoint: "/sys/fs/cgroup",
        own: "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/run-1.scope",
      },
      v1: { cpu: undefined, memory: undefined },
    });
  });

  it("is one in each hierarchy where v1 has the controllers", () => {
    const mounts = [otherMount, cpuMount, memoryMount, unifiedMount].join("\n");
    const found = hierarchies(mounts, "4:cpuset:/\n3:memory:/box\n2:cpu,cpuacct:/lab\n0::/box\n");
    expect(found.unified?.own).to.equal("/sys/fs/cgroup/unified/box");
    expect(found.v1.cpu?.own).to.equal("/sys/fs/cgroup/cpu/lab");
    expect(found.v1.memory?.own).to.equal("/sys/fs/cgroup/memory/box");
  });

  it("follows a mount that shows a part of the hierarchy, as in a container", () => {
    const mounts = "30 25 0:26 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw";
    expect(hierarchies(mounts, "0::/docker/abc/app").unified?.own).to.equal("/sys/fs/cgroup/app");
    expect(hierarchies(mounts, "0::/elsewhere").unified).to.equal(undefined);
  });

  it("is missing without a mount", () => {
    expect(hierarchies(otherMount, "4:cpuset:/\n0::/")).to.deep.equal({
      unified: undefined,
      v1: { cpu: undefined, memory: undefined },
    });
  });
});
