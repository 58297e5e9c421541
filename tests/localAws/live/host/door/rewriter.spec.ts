import { expect } from "chai";

import { toSite } from "../../../../../localAws/live/host/door/headers";
import { Rewriter, rewritten } from "../../../../../localAws/live/host/door/rewriter";

const site = "alb-1.us-east-1.elb.amazonaws.com";
const rewriting = { names: ["example.com", site], origin: "http://127.0.0.1:8080" };

describe("a door's rewriting of text", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a plain address", `href="http://${site}/a"`, `href="http://127.0.0.1:8080/a"`],
    ["HTTPS", `https://${site}`, "http://127.0.0.1:8080"],
    [
      "default ports",
      `https://${site}:443/ http://${site}:80/`,
      "http://127.0.0.1:8080/ http://127.0.0.1:8080/",
    ],
    ["the page's own scheme", `src="//${site}/x.js"`, `src="//127.0.0.1:8080/x.js"`],
    ["JSON", String.raw`"http:\/\/${site}\/wp-json\/"`, String.raw`"http:\/\/127.0.0.1:8080\/wp-json\/"`],
    ["percent encoding", `u=https%3A%2F%2F${site}%3A443%2Fa`, "u=http%3A%2F%2F127.0.0.1%3A8080%2Fa"],
    ["lower case percent encoding", `u=http%3a%2f%2f${site}%2f`, "u=http%3A%2F%2F127.0.0.1%3A8080%2f"],
    ["two encodings", `u=http%253A%252F%252F${site}`, "u=http%253A%252F%252F127.0.0.1%253A8080"],
    ["WebSockets", `wss://${site}/s`, "ws://127.0.0.1:8080/s"],
    [
      "a list of images",
      `http://${site}/a.jpg 300w, http://${site}/b.jpg 2x`,
      "http://127.0.0.1:8080/a.jpg 300w, http://127.0.0.1:8080/b.jpg 2x",
    ],
    ["the end of a sentence", `See http://${site}. Next`, "See http://127.0.0.1:8080. Next"],
    ["another name of the site", "http://example.com/", "http://127.0.0.1:8080/"],
  ];
  for (const [name, text, expected] of cases) {
    it(`replaces ${name}`, () => {
      expect(rewritten(text, rewriting)).to.equal(expected);
    });
  }

  const kept: readonly (readonly [string, string])[] = [
    ["a longer name", "http://example.com.evil.test/ http://www.example.com/ http://my-example.com"],
    ["another port", "http://example.com:9000/"],
    ["a port that begins with a default one", "http://example.com:8081/ http://example.com:4430"],
    ["the bare name", "wordpress@example.com example.com"],
    ["text in other languages", "안녕하세요 http://\u00e9xample.com"],
  ];
  for (const [name, text] of kept) {
    it(`keeps ${name}`, () => {
      const bytes = Buffer.from(text);
      const rewriter = new Rewriter(rewriting);
      expect(Buffer.concat([rewriter.write(bytes), rewriter.end()]).toString()).to.equal(text);
    });
  }

  it("finds the same in chunks of every size", () => {
    const text = cases.map(([, each]) => each).join("\n") + kept.map(([, each]) => each).join("\n");
    const bytes = Buffer.from(text);
    const whole = new Rewriter(rewriting);
    const expected = Buffer.concat([whole.write(bytes), whole.end()]).toString();
    for (let size = 1; size <= bytes.length; size++) {
      const rewriter = new Rewriter(rewriting);
      const parts: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size)
        parts.push(rewriter.write(bytes.subarray(at, at + size)));
      parts.push(rewriter.end());
      expect(Buffer.concat(parts).toString(), `chunks of ${size} bytes`).to.equal(expected);
    }
  });

  it("brings an address back, also one whose port is encoded", () => {
    const back = toSite(
      {
        loadBalancerArn: "",
        dnsName: site,
        host: "example.com",
        names: ["example.com", site],
        scheme: "https",
        port: 443,
        addresses: [],
      },
      "127.0.0.1:8080",
    );
    const query = "/wp-login.php?redirect_to=http%3A%2F%2F127.0.0.1%3A8080%2Fwp-admin%2F&reauth=1";
    expect(rewritten(query, back)).to.equal(
      "/wp-login.php?redirect_to=https%3A%2F%2Fexample.com%2Fwp-admin%2F&reauth=1",
    );
    expect(rewritten("http://127.0.0.1:8080/a", back)).to.equal("https://example.com/a");
    expect(rewritten("http://127.0.0.1:80801/a", back)).to.equal("http://127.0.0.1:80801/a");
  });
});
