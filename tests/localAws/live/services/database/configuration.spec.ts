import { expect } from "chai";

import {
  configurationOf,
  settleParameters,
} from "../../../../../localAws/live/services/database/configuration";
import {
  changedNames,
  kindOf,
  setStatement,
} from "../../../../../localAws/live/services/database/parameterChange";
import { database } from "../support/databases";

const files = { folder: "/srv/databases/db-A", socket: "/run/mysqld/db-A.sock" };

describe("the configuration of an RDS instance", () => {
  it("has RDS's defaults, and requires TLS by default from 11.8 on", () => {
    const { values, refused } = settleParameters(database());
    expect(values).to.include({
      require_secure_transport: "ON",
      local_infile: "1",
      performance_schema: "0",
      log_output: "TABLE",
    });
    expect(refused).to.deep.equal([]);
    for (const version of ["10.11.14", "11.4.8"]) {
      const older = settleParameters(database({ engineVersion: version })).values;
      expect(older["require_secure_transport"], version).to.equal("OFF");
    }
    expect(settleParameters(database({ engineVersion: "12.1.2" })).values).to.include({
      require_secure_transport: "ON",
    });
  });

  it("takes the group's parameters over the defaults", () => {
    const parameters = { require_secure_transport: "OFF", "Log-Output": "FILE", max_connections: "55" };
    expect(settleParameters(database({ parameters })).values).to.include({
      require_secure_transport: "OFF",
      log_output: "FILE",
      max_connections: "55",
    });
  });

  it("keeps InnoDB's buffers within this machine's share of memory", () => {
    const large = settleParameters(
      database({
        instanceClass: "db.r6g.large",
        parameters: { innodb_buffer_pool_size: "{DBInstanceClassMemory*3/4}" },
      }),
    );
    expect(large.values["innodb_buffer_pool_size"]).to.equal(String(64 * 1024 ** 2));
    const small = settleParameters(database({ parameters: { innodb_buffer_pool_size: "16777216" } }));
    expect(small.values["innodb_buffer_pool_size"]).to.equal("16777216");
  });

  it("refuses names of RDS's own and values that would add lines to the file", () => {
    const parameters = {
      datadir: "/tmp",
      ssl_key: "x",
      init_connect: "a\nplugin_load=evil",
      max_connections: "{x}",
    };
    const { values, refused } = settleParameters(database({ parameters }));
    expect(values).not.to.have.any.keys("datadir", "ssl_key", "init_connect", "max_connections");
    expect(refused).to.have.length(4);
    expect(refused).to.include("datadir: RDS sets it itself");
    expect(refused.join("\n")).to.match(/^max_connections: "\{x\}" is not a formula/m);
  });

  it("writes RDS's own settings last, and quotes what an option file would read otherwise", () => {
    const text = configurationOf(files, 3307, { sql_mode: "A,B #c", init_connect: 'SET @a = "\\\\"' });
    expect(text).to.include('\nloose_sql_mode = "A,B #c"\n');
    expect(text).to.include('\nloose_init_connect = "SET @a = \\"\\\\\\\\\\""\n');
    expect(text.indexOf("\nport = 3307\n")).to.be.greaterThan(text.indexOf("loose_init_connect"));
    expect(text).to.include("\ndatadir = /srv/databases/db-A/data\n");
  });
});

describe("a change of parameters", () => {
  it("is what was added, removed or has another value", () => {
    expect(changedNames({ a: "1", b: "2", c: "3" }, { a: "1", b: "5", d: "4" })).to.have.members([
      "b",
      "c",
      "d",
    ]);
  });

  it("asks the server's catalogue what applies without a restart", () => {
    const answer = "long_query_time\tdynamic\ninnodb_open_files\tstatic";
    expect(kindOf(answer, "long_query_time")).to.equal("dynamic");
    expect(kindOf(answer, "innodb_open_files")).to.equal("static");
    expect(kindOf(answer, "query_time")).to.equal("unknown");
  });

  it("sets numbers, text and defaults", () => {
    expect(setStatement("a", "2.5")).to.equal("SET GLOBAL `a` = 2.5");
    expect(setStatement("a", "it's")).to.equal("SET GLOBAL `a` = 'it''s'");
    expect(setStatement("a", undefined)).to.equal("SET GLOBAL `a` = DEFAULT");
  });
});
