import { expect } from "chai";

import { ec2ErrorOf, elementOf, itemsIn, parseEc2Xml, textIn } from "../../lambda/ec2Xml";

const answer = parseEc2Xml(
  "<?xml version='1.0'?><Answer><set><item><id>a</id></item><item><id>b</id></item></set><one><item><id>c</id></item></one><none/><text>words</text></Answer>",
);

describe("EC2's answer", () => {
  it("is read by the names of its elements", () => {
    expect(textIn(answer, "text")).to.equal("words");
    expect(elementOf(answer, "set", "item")).to.have.length(2);
    expect(textIn(answer, "one", "item", "id")).to.equal("c");
  });

  it("has nothing where it has no such element, nor below a text", () => {
    expect(elementOf(answer, "missing", "deeper")).to.equal(undefined);
    expect(textIn(answer, "text", "length")).to.equal(undefined);
    expect(elementOf(null, "any")).to.equal(undefined);
    expect(textIn(answer, "set")).to.equal(undefined);
  });

  it("has lists of none, of one and of more", () => {
    expect(itemsIn(answer, "missing")).to.deep.equal([]);
    expect(itemsIn(answer, "none")).to.deep.equal([]);
    expect(itemsIn(answer, "one").map((item) => textIn(item, "id"))).to.deep.equal(["c"]);
    expect(itemsIn(answer, "set").map((item) => textIn(item, "id"))).to.deep.equal(["a", "b"]);
  });
});

describe("EC2's refusal", () => {
  it("has EC2's code for a name", () => {
    const text =
      "\n<Response><Errors><Error><Code>InvalidAMIID.NotFound</Code><Message>no image</Message></Error></Errors></Response>";
    const error = ec2ErrorOf(400, text);
    expect(error).to.include({ name: "InvalidAMIID.NotFound", message: "no image", status: 400 });
  });

  it("may be anything else, which is told as it is, with its status", () => {
    expect(ec2ErrorOf(503, "try later")).to.include({ name: "Status503", message: "try later" });
    expect(ec2ErrorOf(502, "<html>bad</html>")).to.include({
      name: "Status502",
      message: "<html>bad</html>",
    });
  });
});
