<?php
// WordPress's configuration, the same file on every server; Debian's wp-config.php reads it. What differs comes
// from the settings and from the published database login, both read here, so nothing is ever quoted into code.
//
// AUTH_KEY and its seven sisters are left out on purpose: WordPress then keeps them in the database, where all
// servers share them, so that a session holds on any of them.

require_once '/usr/local/lib/wordpress-on-aws/database.php';

(function (array $settings, ?array $login): void {
    define('DB_HOST', "$settings[DATABASE_ADDRESS]:$settings[DATABASE_PORT]");
    define('DB_NAME', $settings['DATABASE_NAME']);
    define('DB_USER', $login['username'] ?? '');
    define('DB_PASSWORD', $login['password'] ?? '');

    // Never from the request: its Host is the visitor's to choose.
    define('WP_HOME', $settings['SITE_URL']);
    define('WP_SITEURL', $settings['SITE_URL']);
    define('FORCE_SSL_ADMIN', str_starts_with($settings['SITE_URL'], 'https:'));

    // Where there is no route, names resolve and packets are dropped: every question to another site would hang.
    define('WP_HTTP_BLOCK_EXTERNAL', $settings['INTERNET'] === 'no');
})(settings(), published_login());

define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_ALLOW_MULTISITE', false);
define('WP_DEBUG', false);

// Software changes by a new image. A plugin updated here would be updated on this one server only.
define('DISALLOW_FILE_MODS', true);
define('AUTOMATIC_UPDATER_DISABLED', true);

// A systemd timer does it, on one server at a time.
define('DISABLE_WP_CRON', true);
