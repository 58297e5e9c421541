import { expect } from "chai";

import { problemsOf } from "../../../../localAws/live/page/reading/problems";
import { printable } from "../../../../localAws/live/page/text/follow";
import { linesOf } from "../../../../localAws/live/page/text/lines";
import { at, first, second } from "./recorded";
import { recordedPage } from "./scripted";

describe("the page as lines", () => {
  const page = recordedPage();
  const now = at(300);
  /** Without the time. */
  const texts = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ""));

  it("begins with the stack, what happened, and the servers", () => {
    const lines = texts(linesOf(undefined, page, now));
    expect(lines[0]).to.equal("Stack dev in us-east-1, this machine");
    expect(lines).to.include(
      `scaling   Launching a new EC2 instance: ${second} in us-east-1b: in progress (because of: Alarm target tracking: scale out: ALARM)`,
    );
    expect(lines.find((line) => line.startsWith("now"))).to.match(
      /^now {7}1 of 2 servers healthy \(min 1, max 4\), CPU 98 % of target 80 %, 20\.0 requests\/s, 0\.50 errors\/s, database available, \$0\.\d{4} an hour$/,
    );
    expect(lines).to.include(`server    ${first} healthy, us-east-1a, age 15 min, CPU 96 %`);
    expect(lines.findIndex((line) => line.includes("done in 31 s"))).to.be.lessThan(
      lines.findIndex((line) => line.includes("in progress")),
    );
  });

  it("then has a line for each change, and none for what stays", () => {
    const after = {
      ...page,
      servers: page.servers
        .filter(({ id }) => id === second)
        .map((server) => ({ ...server, target: { state: "healthy", reason: null, description: null } })),
      mail: [{ id: "1", at: now, from: "a", to: ["b"], subject: "Auto Scaling: launch", text: "" }],
      problems: [{ topic: "x", text: "The emulator does not answer.", since: now }],
    };
    expect(texts(linesOf(page, after, now)).slice(0, 4)).to.deep.equal([
      `server    ${second} healthy, us-east-1b, age 38 s`,
      `server    ${first} has ended`,
      "mail      Auto Scaling: launch",
      "problem   The emulator does not answer.",
    ]);
    expect(linesOf(page, page, now)).to.deep.equal([]);
    expect(texts(linesOf(after, page, now))).to.include("problem   Ended: The emulator does not answer.");
  });

  it("shows no CPU of a machine that has sent none for four periods: it is off", () => {
    const lines = texts(linesOf(undefined, page, at(500)));
    expect(lines).to.include(`server    ${first} healthy, us-east-1a, age 18 min`);
  });

  it("lets no name or mail command the terminal", () => {
    expect(printable("a\u001b[2Jb\r\n\u0007c\u202ed")).to.equal("a [2Jb c d");
  });
});

describe("the page's problems", () => {
  const failed = (name: string, topic = "the instances") => ({
    topic,
    since: 1,
    error: Object.assign(new Error("the message"), { name }),
  });
  const sentence = (name: string) => problemsOf([failed(name)], "aws").map(({ text }) => text)[0];

  it("has one sentence for each reason, however many topics fail", () => {
    const all = problemsOf([failed("ExpiredToken"), failed("RequestExpired", "the alarms")], "aws");
    expect(all.map(({ text }) => text)).to.have.length(1);
    expect(all[0]?.text).to.match(/^The credentials have expired\. Renew them/);
  });

  it("says what to do about credentials, permissions, throttling and the network", () => {
    expect(sentence("InvalidClientTokenId")).to.match(/^AWS does not know the credentials\./);
    expect(sentence("CredentialsProviderError")).to.match(/^There are no credentials\. Set AWS_PROFILE/);
    expect(sentence("AccessDenied")).to.equal(
      "These credentials may not read the instances (AccessDenied). The AWS managed policy ReadOnlyAccess allows it.",
    );
    expect(sentence("ThrottlingException")).to.match(/^AWS limits the number of requests\./);
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const [local] = problemsOf([{ topic: "x", error: refused, since: 1 }], "local");
    expect(local?.text).to.equal(
      "The emulator does not answer. The page continues when it runs again: npm run local.",
    );
    expect(sentence("InternalFailure")).to.equal(
      "AWS did not answer about the instances: InternalFailure: the message",
    );
  });
});
