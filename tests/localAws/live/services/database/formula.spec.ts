import { expect } from "chai";

import { valueOf } from "../../../../../localAws/live/services/database/formula";

const variables = {
  DBInstanceClassMemory: 1_000_000_000,
  AllocatedStorage: 21_474_836_480,
  EndPointPort: 3306,
};

describe("the formulas of RDS's parameters", () => {
  it("leave text as it is", () => {
    for (const text of ["utf8mb4", "ON", "7", "LEASTWISE", ""])
      expect(valueOf(text, variables)).to.equal(text);
  });

  it("calculate with an instance's memory, storage and port", () => {
    expect(valueOf("{DBInstanceClassMemory*3/4}", variables)).to.equal("750000000");
    expect(valueOf("{DBInstanceClassMemory/12582880}", variables)).to.equal("79");
    expect(valueOf("{EndPointPort}", variables)).to.equal("3306");
    expect(valueOf("SUM({AllocatedStorage/1073741824},-1)".replace(",-1", ",1"), variables)).to.equal("21");
  });

  it("choose the smallest, the greatest or the sum, within each other, too", () => {
    expect(valueOf("LEAST({DBInstanceClassMemory/25165760},12000)", variables)).to.equal("39");
    expect(valueOf("GREATEST({DBInstanceClassMemory/1000000000},20)", variables)).to.equal("20");
    expect(valueOf("greatest(LEAST(5, 7), SUM(1,2))", variables)).to.equal("5");
  });

  it("refuse everything else, and list what is allowed", () => {
    for (const text of ["{DBInstanceClassMemory", "{Memory/2}", "LEAST(1,)", "{1;2}", "{1}2", "LEAST 3"]) {
      if (text === "LEAST 3") expect(valueOf(text, variables)).to.equal(text);
      else expect(() => valueOf(text, variables), text).to.throw("is not a formula of RDS. Allowed:");
    }
    expect(() => valueOf("{1/0}", variables)).to.throw("no finite value");
  });
});
