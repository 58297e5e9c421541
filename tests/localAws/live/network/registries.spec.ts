import { expect } from "chai";

import { mirrorUrl, registryHosts, type Registries } from "../../../../localAws/live/network/registries";

const registries: Registries = {
  socket: "/packages.sock",
  main: "http://mirror.example:8080/linux/debian",
  security: "http://security.debian.org/debian-security",
};

describe("the registries of packages", () => {
  it("are Debian's own hosts and the host of this machine's mirror", () => {
    expect(registryHosts(registries)).to.have.deep.members([
      { host: "deb.debian.org", port: 80 },
      { host: "security.debian.org", port: 80 },
      { host: "mirror.example", port: 8080 },
    ]);
  });

  it("serve Debian's own addresses from this machine's mirror", () => {
    const cases = [
      ["deb.debian.org", "/debian/dists/trixie/InRelease", `${registries.main}/dists/trixie/InRelease`],
      ["deb.debian.org:80", "/debian/pool/a.deb", `${registries.main}/pool/a.deb`],
      ["deb.debian.org", "/debian-security/pool/a.deb", `${registries.security}/pool/a.deb`],
      ["security.debian.org", "/debian-security/pool/a.deb", `${registries.security}/pool/a.deb`],
      ["mirror.example:8080", "/linux/debian/pool/a.deb", `${registries.main}/pool/a.deb`],
    ] as const;
    for (const [host, path, url] of cases) expect(mirrorUrl(registries, host, path)).to.equal(url);
  });

  it("have nothing else", () => {
    const others = [
      ["deb.debian.org", "/other/a.deb"],
      ["deb.debian.org", "/debian"],
      ["mirror.example:8080", "/private/a"],
      ["mirror.example", "/linux/debian/a"],
      ["wordpress.org", "/debian/a"],
    ] as const;
    for (const [host, path] of others) expect(mirrorUrl(registries, host, path)).to.equal(undefined);
  });
});
