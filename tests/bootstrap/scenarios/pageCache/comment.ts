import { expect } from "chai";

import { submit } from "../../lab/author";
import type { Lab } from "../../lab/lab";
import type { Machine } from "../../lab/machine";
import type { Answer } from "../../lab/visit";

/**
 * Comments on a post as a visitor does. WordPress accepts one comment per address in 15 s, so this makes earlier ones
 * older.
 */
export async function commentOn(
  lab: Lab,
  server: Machine,
  postId: number,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  await lab.database.sql(
    "UPDATE wordpress.wp_comments SET comment_date_gmt = comment_date_gmt - INTERVAL 1 HOUR",
  );
  const answer = await submit(server, "/wp-comments-post.php", {
    ...fields,
    comment_post_ID: String(postId),
  });
  expect(answer.status, answer.text).to.equal(302);
  return answer;
}
