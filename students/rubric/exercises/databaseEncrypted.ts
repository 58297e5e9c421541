import { databaseOf } from "../../site/databases";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noDatabase } from "../missing";

export const databaseEncrypted: Exercise = {
  id: "database-encrypted",
  row: 12,
  title: { en: "The database's storage is encrypted", ko: "데이터베이스 스토리지 암호화" },
  proves: {
    en: "Disks, snapshots and backups of the database are unreadable without its key.",
    ko: "데이터베이스의 디스크, 스냅샷, 백업을 키 없이 읽을 수 없습니다.",
  },
  points: 2,
  how: {
    en: "The program does it; in the console only at creation: RDS, Create database, Enable encryption.",
    ko: "이 프로그램이 설정합니다. 콘솔에서는 생성할 때만 가능합니다: RDS > 데이터베이스 생성 > 암호화 활성화.",
  },
  act: false,
  check: async (account) => {
    const database = await databaseOf(account, await siteOf(account));
    if (database === undefined) return noDatabase();
    const { id, isEncrypted } = database;
    if (isEncrypted) return passed(seen(`${id} is encrypted`, `${id}: 암호화됨`));
    return failed(
      {
        en: "Restore a copy of a snapshot with encryption enabled, and use it instead.",
        ko: "스냅샷을 암호화하여 복사한 뒤 복원한 데이터베이스로 교체합니다.",
      },
      seen(`${id} is not encrypted`, `${id}: 암호화되지 않음`),
    );
  },
};
