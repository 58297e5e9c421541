import { expect } from "chai";

import type { Answer, Internet } from "../../../students/account/internet";
import { NotSeenError } from "../../../students/account/notSeen";
import { entranceOf } from "../../../students/acts/target";
import { visit } from "../../../students/acts/visitor";

const host = "my-alb-1.us-east-1.elb.amazonaws.com";
const names: Readonly<Record<string, readonly string[]>> = {
  [host]: ["198.51.100.1", "198.51.100.2"],
  "example.com": ["198.51.100.2"],
  "other.example": ["203.0.113.9"],
};

/** A site whose answers are known by their address without the query. */
function site(pages: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const internet: Internet = {
    resolve: (name) => Promise.resolve(names[name] ?? []),
    visit: (url, { at } = {}) => {
      asked.push(`${url.origin}${url.pathname} at ${at ?? ""}`);
      const page = pages[`${url.origin}${url.pathname}`];
      return page === undefined ? Promise.reject(new Error("ECONNREFUSED")) : Promise.resolve(page);
    },
  };
  const door = { internet, host, scheme: "http", port: 80 } as const;
  return { door, asked };
}

const page: Answer = { status: 200 };
const to = (location: string, status = 301): Answer => ({ status, location });

describe("a visit to the site", () => {
  it("is served by a page, and by no error", async () => {
    expect((await visit(site({ [`http://${host}/`]: page }).door)).isServed).to.equal(true);
    for (const status of [304, 404, 502, 503]) {
      const seen = await visit(site({ [`http://${host}/`]: { status } }).door);
      expect(seen.isServed, String(status)).to.equal(false);
      expect(seen.problem?.en).to.equal(`http://${host}/ answers ${status}`);
    }
  });

  it("follows the balancer's redirect to HTTPS, and WordPress's one to its domain, at the balancer", async () => {
    const { door, asked } = site({
      [`http://${host}/`]: to(`https://${host}:443/`),
      [`https://${host}/`]: {
        ...to("https://example.com/?visit=1"),
        untrusted: "ERR_TLS_CERT_ALTNAME_INVALID",
      },
      "https://example.com/": page,
    });
    const seen = await visit(door);
    expect(seen.isServed, seen.problem?.en).to.equal(true);
    expect(asked).to.deep.equal([
      `http://${host}/ at ${host}`,
      `https://${host}/ at ${host}`,
      `https://example.com/ at ${host}`,
    ]);
  });

  it("accepts a certificate that browsers refuse, and reports why they do", async () => {
    const untrusted = "DEPTH_ZERO_SELF_SIGNED_CERT";
    const { door } = site({ [`https://${host}/`]: { ...page, untrusted } });
    const seen = await visit({ ...door, scheme: "https", port: 443 });
    expect(seen).to.include({ isServed: true, untrusted });
  });

  const wrong: readonly (readonly [string, Answer, RegExp])[] = [
    ["to another site", to("http://other.example/"), /other\.example\/, which does not lead to my-alb/],
    [
      "to the address of the first server",
      to("http://203.0.113.7/"),
      /203\.0\.113\.7\/, which does not lead/,
    ],
    ["to a name that does not exist", to("https://no.example/"), /no\.example\/, which does not lead/],
    ["to a port without a listener", to(`https://${host}:8443/`), /8443\/: ECONNREFUSED/],
    ["to itself", to("/"), /redirects again after 5 redirects/],
    ["to something else than a page", to("mailto:kim@example.com"), /which is no address of a page/],
    ["to nothing readable", to("http://:/"), /which is no address of a page/],
    ["without a target", { status: 302 }, /answers 302/],
  ];
  for (const [where, answer, reason] of wrong) {
    it(`is not served by a redirect ${where}`, async () => {
      const seen = await visit(site({ [`http://${host}/`]: answer }).door);
      expect(seen.isServed).to.equal(false);
      expect(seen.problem?.en).to.match(reason);
      expect(seen.problem?.ko).to.not.equal("");
    });
  }

  it("never connects to a host that a redirect names", async () => {
    const { door, asked } = site({ [`http://${host}/`]: to("http://169.254.169.254/latest/meta-data/") });
    await visit(door);
    expect(asked).to.deep.equal([`http://${host}/ at ${host}`]);
  });

  it("is not judged where the internet cannot be seen", async () => {
    const text = { en: "no", ko: "아니요" };
    const { door } = site({});
    const internet = { ...door.internet, visit: () => Promise.reject(new NotSeenError(text, text)) };
    const error: unknown = await visit({ ...door, internet }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NotSeenError);
  });
});

describe("the listener that visitors meet first", () => {
  const arn = "arn:target";
  const forward = [{ Type: "forward" as const, TargetGroupArn: arn }];
  const redirect = [{ Type: "redirect" as const }];
  const https = { Protocol: "HTTPS" as const, Port: 443, DefaultActions: forward };

  it("is the one for HTTP that forwards, or redirects to one that does", () => {
    const plain = { Protocol: "HTTP" as const, Port: 80, DefaultActions: forward };
    expect(entranceOf([https, plain], arn)).to.deep.equal({ scheme: "http", port: 80 });
    const other = { Protocol: "HTTP" as const, Port: 8080, DefaultActions: redirect };
    const first = { Protocol: "HTTP" as const, Port: 80, DefaultActions: redirect };
    expect(entranceOf([other, https, first], arn)).to.deep.equal({ scheme: "http", port: 80 });
  });

  it("is the one for HTTPS where no other is", () => {
    expect(entranceOf([https], arn)).to.deep.equal({ scheme: "https", port: 443 });
    const weighted = [
      { Type: "forward" as const, ForwardConfig: { TargetGroups: [{ TargetGroupArn: arn }] } },
    ];
    expect(entranceOf([{ ...https, DefaultActions: weighted }], arn)).to.deep.equal({
      scheme: "https",
      port: 443,
    });
  });

  it("is none where no listener forwards to the site", () => {
    const elsewhere = [{ Type: "forward" as const, TargetGroupArn: "arn:other" }];
    expect(entranceOf([{ ...https, DefaultActions: elsewhere }], arn)).to.equal(undefined);
    expect(entranceOf([{ Protocol: "HTTP", Port: 80, DefaultActions: redirect }], arn)).to.equal(undefined);
    expect(entranceOf([], arn)).to.equal(undefined);
  });
});
