import { expect } from "chai";
import { z } from "zod";

import { site } from "../lab/addresses";
import { administrator } from "../lab/administrator";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import { headerOf } from "../lab/mime";
import { visit, waitForHealth } from "../lab/visit";
import { runInWordPress } from "../lab/wordpress";
import type { Report } from "../support/report";

const from = "wordpress@lab.test";
const outcome = z.strictObject({ sent: z.boolean(), failures: z.array(z.string()) });

async function askForPassword(server: Machine) {
  return await visit(server, "/wp-login.php?action=lostpassword", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ user_login: administrator.username, redirect_to: "" }).toString(),
  });
}

/** The result of wp_mail, and the error of its `wp_mail_failed` action. */
async function send(server: Machine, call: string): Promise<z.output<typeof outcome>> {
  const printed = await runInWordPress(
    server,
    `$failures = [];
    add_action('wp_mail_failed', function (WP_Error $error) use (&$failures): void { $failures[] = $error->get_error_message(); });
    $sent = ${call};
    echo json_encode(['sent' => $sent, 'failures' => $failures]);`,
  );
  return outcome.parse(JSON.parse(printed));
}

/** A site without mail: the main site. */
export async function useWithoutMail(report: Report, a: Machine, cookies: string): Promise<void> {
  report.section("A site without mail");
  await report.check("wp_mail fails at once, with the reason", async () => {
    const began = performance.now();
    const { sent, failures } = await send(a, "wp_mail('someone@example.com', 'Subject', 'Text')");
    expect([sent, failures]).to.deep.equal([false, ["This site cannot send e-mail."]]);
    return `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  });
  await report.check(
    "pages for a lost password and a new user state that the site sends no mail",
    async () => {
      const lost = await visit(a, "/wp-login.php?action=lostpassword");
      expect(lost.text).to.include(
        "This site cannot send e-mail. Ask an administrator to set a password for you.",
      );
      expect((await visit(a, "/wp-login.php")).text).not.to.include("cannot send e-mail");
      const asked = await askForPassword(a);
      expect(asked.text).to.include("could not be sent").and.to.include("Ask an administrator");
      for (const path of [
        "/wp-admin/user-new.php",
        "/wp-admin/options-general.php",
        "/wp-admin/profile.php",
      ]) {
        const page = await visit(a, path, { headers: { cookie: cookies } });
        expect(page.text, path).to.include("This site cannot send e-mail.");
      }
      expect((await visit(a, "/wp-admin/edit.php", { headers: { cookie: cookies } })).text).not.to.include(
        "cannot send e-mail",
      );
      return undefined;
    },
  );
}

/**
 * A separate site that sends mail through SES. The lab checks the signature and reads the mail with Python's parser.
 */
export async function sendMail(lab: Lab, report: Report): Promise<void> {
  await lab.database.create("mail");
  const server = await lab.server({
    name: "mail",
    index: 24,
    databaseName: "mail",
    settings: { MAIL_FROM: from, MAIL_CONFIGURATION_SET: "lab-set" },
  });
  server.boot();
  await report.check(
    "mail: the link for a lost password arrives, in a correctly signed request, and works",
    async () => {
      await waitForHealth(server, 200, 300);
      lab.ses.empty();
      const asked = await askForPassword(server);
      expect(asked.status).to.equal(302);
      expect(asked.headers.location).to.include("checkemail=confirm");
      const { mail, recipients, configurationSet, raw, ...sent } = await lab.ses.only();
      expect([sent.from, recipients, configurationSet]).to.deep.equal([from, ["admin@lab.test"], "lab-set"]);
      expect(mail.defects).to.deep.equal([]);
      expect(headerOf(mail, "From")).to.equal(`WordPress <${from}>`);
      expect(headerOf(mail, "To")).to.equal("admin@lab.test");
      expect(headerOf(mail, "Subject")).to.equal("[Lab site] Password Reset");
      // As in SMTP: CRLF line ends, 7 bits.
      expect(raw.replaceAll("\r\n", "")).to.match(/^[\t -~]*$/);
      const [link = ""] = /https:\/\/\S+action=rp\S+/.exec(mail.parts[0]?.text ?? "") ?? [];
      const opened = await visit(server, link.replace(`https://${site}`, ""));
      expect(opened.status).to.equal(302);
      expect(opened.headers["set-cookie"]?.join()).to.include("wp-resetpass");
      return undefined;
    },
  );
  await report.check(
    "mail: pictures, HTML, names, copies and blind copies use WordPress's own MIME",
    async () => {
      lab.ses.empty();
      const { sent } = await send(
        server,
        `wp_mail(['Ünser Freund <one@example.com>', 'two@example.com'], 'Grüße € 😀', '<p>Schöne Grüße</p>', [
        'Content-Type: text/html; charset=UTF-8', 'From: Stranger <stranger@elsewhere.test>', 'Reply-To: Reader <reader@example.com>',
        'Cc: cc@example.com', 'Bcc: bcc@example.com', 'Return-Path: stranger@elsewhere.test', 'Sender: stranger@elsewhere.test',
        'X-SES-CONFIGURATION-SET: other', 'X-Kept: yes'], ['two.txt' => '/etc/hostname'])`,
      );
      expect(sent).to.equal(true);
      const { mail, recipients, raw, from: envelope } = await lab.ses.only();
      expect(envelope).to.equal(from);
      expect(recipients).to.deep.equal([
        "one@example.com",
        "two@example.com",
        "cc@example.com",
        "bcc@example.com",
      ]);
      expect(raw).not.to.match(/bcc|elsewhere\.test|x-ses/i);
      expect(mail.defects).to.deep.equal([]);
      expect(headerOf(mail, "From")).to.equal(`Stranger <${from}>`);
      expect(headerOf(mail, "Reply-To")).to.equal("Reader <reader@example.com>");
      expect(headerOf(mail, "Cc")).to.equal("cc@example.com");
      expect(headerOf(mail, "To")).to.equal("Ünser Freund <one@example.com>, two@example.com");
      expect(headerOf(mail, "Subject")).to.equal("Grüße € 😀");
      expect(headerOf(mail, "X-Kept")).to.equal("yes");
      expect(mail.parts.map(({ type }) => type)).to.deep.equal(["text/html", "application/octet-stream"]);
      expect(mail.parts[0]?.text.trim()).to.equal("<p>Schöne Grüße</p>");
      expect(mail.parts[1]).to.deep.include({ name: "two.txt", text: `${await server.run("hostname")}\n` });
      return undefined;
    },
  );
  await report.check("mail: no header injection by line ends, and no plugin changes the sender", async () => {
    lab.ses.empty();
    const { sent } = await send(
      server,
      `(function (): bool {
        add_action('phpmailer_init', function ($mailer): void { $mailer->isSendmail(); $mailer->From = $mailer->Sender = 'stranger@elsewhere.test'; });
        return wp_mail(["good@example.com", "bad@example.com\\r\\nBcc: evil@example.com"], "Hello\\r\\nBcc: evil@example.com\\r\\n\\r\\nBody", "Text", ["X-One: 1\\r\\nBcc: evil@example.com"]);
      })()`,
    );
    expect(sent).to.equal(true);
    const { mail, recipients, from: envelope } = await lab.ses.only();
    expect([envelope, headerOf(mail, "From")]).to.deep.equal([from, `WordPress <${from}>`]);
    expect(recipients).to.deep.equal(["good@example.com"]);
    expect(mail.headers.map(([name]) => name.toLowerCase())).not.to.include("bcc");
    expect(headerOf(mail, "Subject")).to.equal("HelloBcc: evil@example.comBody");
    return undefined;
  });
  await report.check("mail: more recipients than SES allows get it in several messages", async () => {
    lab.ses.empty();
    const { sent } = await send(
      server,
      "wp_mail('one@example.com', 'Many', 'Text', array_map(fn (int $n): string => \"Bcc: b$n@example.com\", range(1, 60)))",
    );
    expect(sent).to.equal(true);
    expect(lab.ses.arrived.map(({ recipients }) => recipients.length)).to.deep.equal([50, 11]);
    return undefined;
  });
  await report.check("mail: a refusal of SES is an error of wp_mail, and in the log", async () => {
    lab.ses.refusal = "Email address is not verified.";
    try {
      const { sent, failures } = await send(server, "wp_mail('someone@example.com', 'Subject', 'Text')");
      expect(sent).to.equal(false);
      expect(failures.join()).to.match(/^SES answered 400 \(.*Email address is not verified\.\)$/);
      const asked = await askForPassword(server);
      expect(asked.text).to.include("could not be sent");
      const log = await server.run("cat", "/var/log/php8.4-fpm.log");
      expect(log).to.include("wordpress-server mail: not sent: SES answered 400");
    } finally {
      lab.ses.refusal = undefined;
    }
    await server.remove();
    return undefined;
  });
}
