import { monthly, priceOf, prices, times } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";
import { patience } from "../waiting";

/** EBS volumes, in use or not. */
export const volumes: ResourceType = {
  kind: "volume",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const found = await allOf(ec2.paginateDescribeVolumes({}), (page) => page.Volumes);
    return found.map((volume) => {
      const { VolumeId = "", Size = 0, VolumeType = "", State = "", Attachments = [] } = volume;
      const perGiB = priceOf(prices.volumePerGiBMonthOf, VolumeType);
      return {
        kind: "volume",
        id: VolumeId,
        detail: `${Size} GiB ${VolumeType}, ${State}`,
        tags: tagsOf(volume.Tags),
        createdAt: volume.CreateTime,
        dollarsPerHour: times(perGiB, monthly(Size)),
        running: false,
        uses: known(...Attachments.map(({ InstanceId }) => InstanceId)),
        goesWith: Attachments.find(({ DeleteOnTermination }) => DeleteOnTermination === true)?.InstanceId,
      };
    });
  },
  remove: async (clients, id) => {
    const ec2 = await clients.ec2();
    await ec2.deleteVolume({ VolumeId: id });
    await ec2.waitUntilVolumeDeleted({ VolumeIds: [id] }, patience);
  },
};
