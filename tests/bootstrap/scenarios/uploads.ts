import { expect } from "chai";

import { site } from "../lab/addresses";
import type { Machine } from "../lab/machine";
import { visit } from "../lab/visit";
import { runInWordPress } from "../lab/wordpress";
import type { Report } from "../support/report";

const boundary = "----lab";

/** The media library's upload form that every browser can send without scripts. */
function form(fields: Readonly<Record<string, string>>, fileName: string, content: Buffer): Buffer {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="async-upload"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n`;
  return Buffer.concat([Buffer.from(texts.join("") + head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Uploads a file of exactly the limit that WordPress shows, and one with one byte more. */
export async function uploadLargestFile(report: Report, a: Machine, cookies: string): Promise<void> {
  report.section("The largest file");
  const limit = Number(await runInWordPress(a, "echo wp_max_upload_size();"));
  // Read from a server's page, because PHP on the command line has other limits than PHP behind nginx.
  const page = await visit(a, "/wp-admin/media-new.php?browser-uploader", { headers: { cookie: cookies } });
  const [, shown = ""] = /Maximum upload file size: ([^.<]+)\./.exec(page.text) ?? [];
  const [, nonce = ""] = /name="_wpnonce" value="([^"]+)"/.exec(page.text) ?? [];
  const bytes = Number(/^(\d+) MB$/.exec(shown)?.[1]) * 2 ** 20;
  const send = async (length: number, fileName: string) =>
    await visit(a, "/wp-admin/media-new.php", {
      method: "POST",
      headers: {
        cookie: cookies,
        "content-type": `multipart/form-data; boundary=${boundary}`,
        referer: `https://${site}/wp-admin/media-new.php`,
      },
      body: form(
        { _wpnonce: nonce, post_id: "0", "html-upload": "Upload" },
        fileName,
        Buffer.alloc(length, "A line of text.\n"),
      ),
    });
  await report.check(`a file of exactly the limit that WordPress shows (${shown}) is accepted`, async () => {
    const answer = await send(bytes, "exactly.txt");
    expect([answer.status, new URL(answer.headers.location ?? "", `https://${site}`).pathname]).to.deep.equal(
      [302, "/wp-admin/upload.php"],
    );
    const size = await runInWordPress(
      a,
      "echo filesize(get_attached_file(get_posts(['post_type' => 'attachment', 'name' => 'exactly', 'post_status' => 'inherit'])[0]->ID));",
    );
    expect(Number(size)).to.equal(bytes);
    return `${bytes} bytes, in ${(answer.milliseconds / 1_000).toFixed(1)} s`;
  });
  await report.check("one byte more gets WordPress's own message", async () => {
    const answer = await send(bytes + 1, "more.txt");
    expect(answer.text).to.match(/exceeds the \S*upload_max_filesize\S* directive/);
    return undefined;
  });
  await report.check("and uses no disk space", async () => {
    await runInWordPress(
      a,
      "foreach (get_posts(['post_type' => 'attachment', 'name' => 'exactly', 'post_status' => 'inherit']) as $file) { wp_delete_attachment($file->ID, true); }",
    );
    expect(await a.attempt("sh", "-c", "ls /var/lib/wordpress/wp-content/uploads/*/*/more*.txt"))
      .to.have.property("exitCode")
      .that.is.greaterThan(0);
    expect(limit).to.be.greaterThan(0);
    return undefined;
  });
}
