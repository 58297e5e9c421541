import { expect } from "chai";
import { decode, encode, type Packet } from "dns-packet";
import { Resolver } from "node:dns/promises";

import { startHostDns } from "../../../../localAws/live/host/dns";
import { answerMessage, type AnswerDns } from "../../../../localAws/live/network/dnsServer";

function query(type: "A" | "MX" | "AAAA", name = "site.example"): Buffer {
  return encode({ type: "query", id: 7, flags: 0x01_00, questions: [{ type, name }] });
}

async function answer(message: Buffer, ask: AnswerDns, mostBytes?: number): Promise<Packet | undefined> {
  const bytes = await answerMessage(message, "10.0.0.5", ask, mostBytes);
  return bytes === undefined ? undefined : decode(bytes);
}

const site: AnswerDns = ({ name, type }) =>
  name === "site.example" ? (type === "A" ? [{ name, type, data: "10.0.0.9", ttl: 60 }] : []) : undefined;

describe("a DNS server", () => {
  it("answers a question with its id, and keeps that recursion is desired", async () => {
    const packet = await answer(query("A"), site);
    expect(packet).to.include({ id: 7, type: "response", flag_rd: true, flag_ra: true, rcode: "NOERROR" });
    expect(packet?.answers?.map((each) => ("data" in each ? each.data : ""))).to.deep.equal(["10.0.0.9"]);
  });

  it("has no records of other types, but knows the name", async () => {
    for (const type of ["MX", "AAAA"] as const) {
      expect(await answer(query(type), site))
        .to.include({ rcode: "NOERROR" })
        .with.property("answers").empty;
    }
    expect(await answer(query("MX", "other.example"), site)).to.include({ rcode: "NXDOMAIN" });
  });

  it("ignores what is no question", async () => {
    expect(await answer(Buffer.from([1, 2, 3]), site)).to.equal(undefined);
    expect(await answer(encode({ type: "response", id: 1 }), site)).to.equal(undefined);
    expect(await answer(encode({ type: "query", id: 1 }), site)).to.equal(undefined);
  });

  it("sends the asker to TCP when the answer is too long", async () => {
    const many: AnswerDns = ({ name }) =>
      Array.from({ length: 60 }, (_, index) => ({
        name,
        type: "A" as const,
        data: `10.0.0.${index}`,
        ttl: 1,
      }));
    expect(await answer(query("A"), many, 512)).to.include({ flag_tc: true });
    expect((await answer(query("A"), many))?.answers).to.have.length(60);
  });
});

describe("the host's resolver", () => {
  it("answers tools of this machine by the region's own API, over UDP and TCP", async () => {
    const paths: string[] = [];
    const dns = await startHostDns(
      0,
      {
        get: async (path, schema) => {
          paths.push(path);
          const addresses = path.endsWith("site.example")
            ? Array.from({ length: 40 }, (_, i) => `54.0.0.${i}`)
            : [];
          return await Promise.resolve(schema.parse({ addresses }));
        },
      },
      (error) => {
        throw error;
      },
    );
    try {
      const resolver = new Resolver();
      resolver.setServers([`127.0.0.1:${dns.port}`]);
      // 40 addresses do not fit into UDP: the resolver comes again by TCP.
      expect(await resolver.resolve4("site.example")).to.have.length(40);
      expect(paths).to.deep.equal(["/dns?name=site.example", "/dns?name=site.example"]);
      const failure = await resolver.resolve4("other.example").catch((error: unknown) => error);
      expect(failure).to.include({ code: "ENOTFOUND" });
    } finally {
      dns.close();
    }
  });
});
