<?php
// WordPress's PHPMailer, with SES as its transport: over HTTPS, with the server's role. Not SMTP, whose password would be
// another secret to store and rotate.

require_once __DIR__ . '/aws.php';
foreach (['PHPMailer/PHPMailer', 'PHPMailer/SMTP', 'PHPMailer/Exception', 'class-wp-phpmailer'] as $file) {
    require_once ABSPATH . WPINC . "/$file.php";
}

final class Ses_Mailer extends WP_PHPMailer
{
    /** Large attachments take long. */
    private const SECONDS = 30;
    /** SES's limit for a message. */
    private const RECIPIENTS = 50;
    /** Visitors and plugins must not set the sender, the address for bounces or SES's options. */
    private const NOT_FOR_OTHERS = '/^(from|sender|return-path|to|cc|bcc|resent-.*|x-ses-.*)$/i';

    public function preSend()
    {
        // Complete headers, and lines that end as in SMTP.
        $this->isSMTP();
        $this->From = $this->Sender = settings()['MAIL_FROM'];
        $this->CustomHeader = array_values(array_filter(
            $this->CustomHeader,
            fn (array $header): bool => preg_match(self::NOT_FOR_OTHERS, trim($header[0])) !== 1,
        ));
        // SES accepts 7-bit text.
        if ($this->has8bitChars($this->Body . $this->AltBody)) {
            $this->Encoding = self::ENCODING_QUOTED_PRINTABLE;
        }
        return parent::preSend();
    }

    protected function smtpSend($header, $body)
    {
        $settings = settings();
        $message = base64_encode(static::stripTrailingWSP($header) . "\r\n\r\n$body");
        $recipients = array_column([...$this->to, ...$this->cc, ...$this->bcc], 0);
        try {
            foreach (array_chunk($recipients, self::RECIPIENTS) as $some) {
                ask_aws('SES', ['email', 'ses'], '/v2/email/outbound-emails', ['content-type' => 'application/json'], [
                    'FromEmailAddress' => $this->From,
                    'Destination' => ['ToAddresses' => $some],
                    'Content' => ['Raw' => ['Data' => $message]],
                ] + array_filter(['ConfigurationSetName' => $settings['MAIL_CONFIGURATION_SET'] ?? null]), self::SECONDS);
            }
        } catch (RuntimeException | JsonException $problem) {
            throw new PHPMailer\PHPMailer\Exception($problem->getMessage());
        }
        return true;
    }
}

Ses_Mailer::$validator = fn (string $address): bool => (bool) is_email($address);
