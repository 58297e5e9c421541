import { expect } from "chai";
import fc from "fast-check";

import { wideGrant } from "../../../policies/support/views/grants/actions";
import { statementsOf } from "../../../policies/support/views/grants/document";
import { openStatements } from "../../../policies/support/views/grants/openness";
import {
  everyResource,
  isWild,
  matches,
  namesResource,
} from "../../../policies/support/views/grants/patterns";

const allowing = (statement: object) => statementsOf({ Statement: [{ Effect: "Allow", ...statement }] });
const name = fc.stringMatching(/^[a-z][a-z0-9]{2,10}$/);
const wild = fc.stringMatching(/^[*?]{0,3}\*[*?]{0,3}$/);

describe("IAM patterns", () => {
  it("match what they are, and with wildcards in any place", () => {
    fc.assert(
      fc.property(name, fc.nat(10), (text, place) => {
        const at = place % text.length;
        expect(matches(text.toUpperCase(), text)).to.equal(true);
        expect(matches(`${text.slice(0, at)}*`, text)).to.equal(true);
        expect(matches(`${text.slice(0, at)}?${text.slice(at + 1)}`, text)).to.equal(true);
        expect(matches(`${text}?`, text)).to.equal(false);
      }),
    );
  });

  it("are everything in any spelling of *", () => {
    fc.assert(
      fc.property(wild, name, (star, service) => {
        expect(isWild(star)).to.equal(true);
        expect(namesResource(`arn:aws:${service}:us-east-1:123456789012:${star}`)).to.equal(false);
        const grant = wideGrant(allowing({ Action: `${service}:*`, Resource: "*" }));
        expect(grant).to.deep.equal({ actions: [`${service}:*`], resources: ["*"] });
      }),
    );
  });

  it("name a resource by any text in its name", () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(namesResource(`arn:aws:s3:::${text}/*`)).to.equal(true);
        expect(namesResource(`arn:aws:iam::123456789012:role/${text}*`)).to.equal(true);
        expect(everyResource([`arn:aws:iam::123456789012:role/${text}*`])).to.deep.equal([]);
        expect(wideGrant(allowing({ Action: "*", Resource: `arn:aws:s3:::${text}` }))).to.equal(undefined);
      }),
    );
  });
});

describe("statements for everyone", () => {
  const open = (statement: object) => openStatements(allowing(statement)).map(({ principal }) => principal);

  it("have a principal of * without a limiting condition", () => {
    expect(open({ Principal: "*" })).to.deep.equal(["Principal *"]);
    expect(open({ Principal: { AWS: ["arn:aws:iam::1:root", "*"] } })).to.deep.equal(["Principal *"]);
    expect(open({ NotPrincipal: { AWS: "x" } })).to.deep.equal(["NotPrincipal, which is everyone else"]);
    expect(open({ Principal: { Service: "sns.amazonaws.com" } })).to.deep.equal([]);
    const limited = { StringEquals: { "aws:SourceAccount": "1" } };
    expect(open({ Principal: "*", Condition: limited })).to.deep.equal([]);
    expect(open({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } })).to.have.length(
      1,
    );
    expect(open({ Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "::/0" } } })).to.have.length(1);
    expect(open({ Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "192.0.2.1" } } })).to.deep.equal(
      [],
    );
  });
});
