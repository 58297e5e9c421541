import { expect } from "chai";

import { isWorld, sourcesIn, sourceText } from "../../../students/site/access";

describe("a security group's sources to a port", () => {
  const texts = (permissions: Parameters<typeof sourcesIn>[0], port: number) =>
    sourcesIn(permissions, port).map(sourceText);

  it("are those of every rule that contains the port, in any form", () => {
    const from = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
    expect(texts([{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...from("1.0.0.0/8") }], 80)).to.have.length(
      1,
    );
    expect(
      texts([{ IpProtocol: "tcp", FromPort: 1, ToPort: 65_535, ...from("1.0.0.0/8") }], 80),
    ).to.have.length(1);
    expect(texts([{ IpProtocol: "6", FromPort: 80, ToPort: 90, ...from("1.0.0.0/8") }], 80)).to.have.length(
      1,
    );
    expect(texts([{ IpProtocol: "-1", ...from("1.0.0.0/8") }], 80)).to.have.length(1);
    expect(texts([{ IpProtocol: "tcp", FromPort: 81, ToPort: 90, ...from("1.0.0.0/8") }], 80)).to.have.length(
      0,
    );
    expect(texts([{ IpProtocol: "udp", FromPort: 80, ToPort: 80, ...from("1.0.0.0/8") }], 80)).to.have.length(
      0,
    );
  });

  it("are ranges, groups and prefix lists, each once and in order", () => {
    const rule = {
      IpProtocol: "tcp",
      FromPort: 80,
      ToPort: 80,
      IpRanges: [{ CidrIp: "10.0.0.0/16" }],
      Ipv6Ranges: [{ CidrIpv6: "::/0" }],
      UserIdGroupPairs: [{ GroupId: "sg-1" }],
      PrefixListIds: [{ PrefixListId: "pl-1" }],
    };
    expect(texts([rule, rule], 80)).to.deep.equal(["10.0.0.0/16", "::/0", "pl-1", "sg-1"]);
  });

  it("are the world when they are a large part of the internet, also in halves", () => {
    const open = [
      "0.0.0.0/0",
      "::/0",
      "0.0.0.0/1",
      "128.0.0.0/1",
      "52.0.0.0/10",
      "10.0.0.0/7",
      "2000::/3",
      "8000::/1",
    ];
    const closed = [
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "203.0.113.7/32",
      "163.152.0.0/16",
      "fd00::/8",
      "2001:db8::/32",
    ];
    const world = (range: string) => isWorld({ kind: "range", range });
    expect(open.filter((range) => !world(range))).to.deep.equal([]);
    expect(closed.filter(world)).to.deep.equal([]);
    expect(isWorld({ kind: "group", groupId: "sg-1" })).to.equal(false);
  });
});
