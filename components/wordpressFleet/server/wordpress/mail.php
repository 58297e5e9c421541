<?php
/**
 * Plugin Name: Mail
 * Description: Sends mail through Amazon SES; or says, where it matters, that this site sends none.
 */

const NO_MAIL = 'This site cannot send e-mail.';

function site_sends_mail(): bool
{
    return isset(settings()['MAIL_FROM']);
}

add_filter('pre_wp_mail', function ($sent, array $mail) {
    if (site_sends_mail()) {
        require_once '/usr/local/lib/wordpress-on-aws/ses-mailer.php';
        $GLOBALS['phpmailer'] = new Ses_Mailer(true);
        return $sent;
    }
    do_action('wp_mail_failed', new WP_Error('wp_mail_failed', NO_MAIL, $mail));
    return false;
}, 10, 2);

add_action('wp_mail_failed', function (WP_Error $error): void {
    error_log('wordpress-server mail: not sent: ' . $error->get_error_message());
});

// A user who waits for a link must know that it will not come.
add_filter('login_message', function (string $message): string {
    $waits = in_array($_REQUEST['action'] ?? '', ['lostpassword', 'retrievepassword', 'register'], true);
    return site_sends_mail() || !$waits ? $message : $message . wp_get_admin_notice(
        NO_MAIL . ' Ask an administrator to set a password for you.',
        ['type' => 'warning', 'additional_classes' => ['message']],
    );
});
add_action('admin_notices', function (): void {
    $tells = in_array(get_current_screen()?->id, ['user', 'users', 'user-edit', 'profile', 'options-general'], true);
    if (!site_sends_mail() && $tells) {
        wp_admin_notice(
            NO_MAIL . ' Tell users their passwords yourself; a new e-mail address cannot be confirmed.',
            ['type' => 'warning'],
        );
    }
});
