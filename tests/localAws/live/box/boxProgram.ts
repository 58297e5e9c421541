/** Enters a box and prints what happens: boxProgram.ts FOLDER STOP_AFTER_MILLISECONDS COMMAND... */
import { mkdirSync } from "node:fs";
import path from "node:path";

import { allFolders } from "../../../../localAws/live/box/cgroupFolders";
import { makeCgroups, sweepCgroups } from "../../../../localAws/live/box/cgroupPlace";
import { enterBox } from "../../../../localAws/live/box/enter";

async function run(): Promise<void> {
  const [folder = "", stopAfter = "0", ...command] = process.argv.slice(2);
  const sockets = path.join(folder, "sockets");
  mkdirSync(sockets, { recursive: true });
  const prefix = `${path.basename(folder)}-`;
  await sweepCgroups(prefix);
  const place = makeCgroups(`${prefix}${process.pid}`);
  const box = enterBox({
    command,
    lock: path.join(folder, "lock"),
    sockets,
    cgroups: allFolders(place.folders),
    output: "inherit",
    environment: {
      ...process.env,
      CGROUPS: JSON.stringify(place.folders),
    },
  });
  console.log(`keeper ${box.pid}`);
  if (stopAfter !== "0") setTimeout(() => void box.stop(500), Number(stopAfter));
  void box.ended.then(({ exitCode }) => {
    console.log(`ended ${exitCode}`);
  });
}

void run();
