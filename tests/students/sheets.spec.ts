import { expect } from "chai";

import type { SheetFacts } from "../../students/sheets/sheet";
import { sheetsHtml } from "../../students/sheets/sheetHtml";
import { sheetText } from "../../students/sheets/sheetText";

const kim: SheetFacts = {
  className: "week-14",
  id: "20231234",
  name: "김지훈 <script>",
  accountId: "111111111111",
  region: "us-east-1",
  access: {
    kind: "emulator",
    url: "http://192.168.0.10:4580",
    accessKeyId: "AKIAKIMKIMKIMKIMKIM2",
    secretAccessKey: "secret/+of/kim",
  },
};
const lee: SheetFacts = {
  ...kim,
  id: "lee",
  name: "Lee",
  access: { kind: "aws", source: { kind: "environmentFile", path: "lab/lee.env" } },
};

describe("a student's sheet", () => {
  it("has account, address, key and the commands for each shell", () => {
    const text = sheetText(kim, "en");
    expect(text.split("\n")[0]).to.equal("week-14: 김지훈 <script> (20231234)");
    for (const expected of [
      "  AWS account        111111111111",
      "export AWS_ENDPOINT_URL='http://192.168.0.10:4580'",
      "export AWS_SECRET_ACCESS_KEY='secret/+of/kim'",
      "$env:AWS_ACCESS_KEY_ID = 'AKIAKIMKIMKIMKIMKIM2'",
      "aws sts get-caller-identity",
    ]) {
      expect(text).to.include(expected);
    }
  });

  it("is in Korean, with columns aligned by width", () => {
    const text = sheetText(kim, "ko");
    expect(text)
      .to.include("\n  AWS 계정        111111111111\n")
      .and.include("\n  비밀 액세스 키  secret/+of/kim\n");
  });

  it("for a real account says how to get credentials, and has no path of the instructor's", () => {
    const text = sheetText(lee, "en");
    expect(text)
      .to.include("Start the lab")
      .and.not.include("lab/lee.env")
      .and.not.include("AWS_ENDPOINT_URL");
    expect(
      sheetText({ ...lee, access: { kind: "aws", source: { kind: "profile", profile: "lee" } } }, "en"),
    ).to.include("export AWS_PROFILE='lee'");
  });

  it("is HTML that loads nothing, runs nothing and prints one page for each student", () => {
    const html = sheetsHtml([kim, lee], "ko");
    expect(html)
      .to.include('<html lang="ko">')
      .and.include("default-src 'none'")
      .and.include("break-after: page");
    expect(html.match(/<article>/g)).to.have.length(2);
    expect(html)
      .to.include("김지훈 &#60;script&#62;")
      .and.not.include("<script")
      .and.not.match(/(?:src|href)=/);
  });
});
