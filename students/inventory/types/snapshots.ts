import { monthly, prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** AWS's description of an AMI's snapshot. */
const ofImage = /^Created by CreateImage\((i-[0-9a-f]+)\) for (ami-[0-9a-f]+)/;

/** Snapshots of EBS volumes, those of AMIs included. */
export const snapshots: ResourceType = {
  kind: "snapshot",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const found = await allOf(
      ec2.paginateDescribeSnapshots({ OwnerIds: ["self"] }),
      (page) => page.Snapshots,
    );
    return found.map((snapshot) => {
      const { SnapshotId = "", VolumeSize = 0, FullSnapshotSizeInBytes: bytes } = snapshot;
      const size = bytes === undefined ? VolumeSize : bytes / 2 ** 30;
      return {
        kind: "snapshot",
        id: SnapshotId,
        detail: `of ${VolumeSize} GiB`,
        tags: tagsOf(snapshot.Tags),
        createdAt: snapshot.StartTime,
        dollarsPerHour: monthly(size * prices.snapshotPerGiBMonth),
        atMost: true,
        running: false,
        uses: known(snapshot.VolumeId, ...(ofImage.exec(snapshot.Description ?? "") ?? []).slice(1)),
      };
    });
  },
  remove: async (clients, id) => {
    await (await clients.ec2()).deleteSnapshot({ SnapshotId: id });
  },
};
