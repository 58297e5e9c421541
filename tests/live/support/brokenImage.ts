import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "../../../cli/json";
import { within, type LiveStack } from "./liveStack";

/** A mistake in an image: its servers boot, and their web server never starts. */
const script = "#!/bin/sh\nsystemctl mask nginx.service\nsystemctl --no-block poweroff\n";

/** Makes an AMI from another one, whose servers never become healthy. @returns its id */
export async function breakImage({ aws, change }: LiveStack, imageId: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "broken-image-"));
  const file = path.join(folder, "user-data");
  writeFileSync(file, script);
  try {
    const id = await aws(
      z.string(),
      ...["ec2", "run-instances", "--image-id", imageId, "--instance-type", "t3.micro"],
      ...["--user-data", `file://${file}`, "--query", "Instances[0].InstanceId"],
    );
    await within(240, "the machine powers itself off", async () => {
      const states = await aws(
        z.array(z.string()),
        ...["ec2", "describe-instances", "--instance-ids", id],
        ...["--query", "Reservations[].Instances[].State.Name"],
      );
      return states[0] === "stopped" ? true : undefined;
    });
    const broken = await aws(
      z.string(),
      ...["ec2", "create-image", "--instance-id", id, "--name", "broken", "--query", "ImageId"],
    );
    await within(60, "the image is available", async () => {
      const states = await aws(
        z.array(z.string()),
        ...["ec2", "describe-images", "--image-ids", broken, "--query", "Images[].State"],
      );
      return states[0] === "available" ? true : undefined;
    });
    await change("ec2", "terminate-instances", "--instance-ids", id);
    return broken;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Deletes an AMI and its snapshots, as its owner does: `down` deletes only what the stack created. */
export async function deleteImage({ aws, change }: LiveStack, imageId: string): Promise<void> {
  const snapshots = await aws(
    z.array(z.string()),
    ...["ec2", "describe-images", "--image-ids", imageId],
    ...["--query", "Images[].BlockDeviceMappings[].Ebs.SnapshotId"],
  );
  await change("ec2", "deregister-image", "--image-id", imageId);
  for (const id of snapshots) await change("ec2", "delete-snapshot", "--snapshot-id", id);
}
