import { everyItem } from "../../account/paging";
import { withParticle } from "../../language/particle";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup } from "../missing";

const needed = ["autoscaling:EC2_INSTANCE_LAUNCH", "autoscaling:EC2_INSTANCE_TERMINATE"];

export const notification: Exercise = {
  id: "notification",
  row: 9,
  title: { en: "A notification when servers come or go", ko: "서버 시작과 종료 알림" },
  proves: {
    en: "A topic receives each launch and each termination of the group.",
    ko: "그룹의 모든 시작과 종료가 주제로 전송됩니다.",
  },
  points: 2,
  how: {
    en: "The program creates it (fleet.notificationEmails adds receivers); or Auto Scaling Groups, Activity, Create notification.",
    ko: "이 프로그램이 생성합니다(fleet.notificationEmails로 수신자 추가). 또는 Auto Scaling 그룹 > 활동 > 알림 생성을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    const autoScaling = await account.autoScaling();
    const { paginateDescribeNotificationConfigurations } = await import("@aws-sdk/client-auto-scaling");
    const all = await everyItem(
      paginateDescribeNotificationConfigurations(
        { client: autoScaling },
        { AutoScalingGroupNames: [group.name] },
      ),
      ({ NotificationConfigurations }) => NotificationConfigurations,
      ({ TopicARN, NotificationType }) => `${TopicARN ?? ""} ${NotificationType ?? ""}`,
    );
    const sent = new Map(all.map(({ NotificationType = "", TopicARN = "" }) => [NotificationType, TopicARN]));
    const missing = needed.filter((type) => !sent.has(type));
    if (missing.length === 0) {
      const topic = sent.get(needed[0] ?? "") ?? "";
      return passed(
        seen(
          `launches and terminations are sent to ${topic}`,
          `시작과 종료를 ${withParticle(topic, "으로/로")} 전송함`,
        ),
      );
    }
    return failed(
      {
        en: "Create a notification of the group for launch and terminate.",
        ko: "그룹에 시작과 종료 알림을 생성합니다.",
      },
      seen(
        `${group.name} sends no ${missing.join(", ")}`,
        `${group.name}: ${missing.join(", ")} 알림을 보내지 않음`,
      ),
    );
  },
};
