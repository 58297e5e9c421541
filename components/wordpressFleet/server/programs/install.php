<?php
// Installs the site exactly once, however many servers boot at the same time, and upgrades its schema once for the
// WordPress of a newer image. It may be killed at any line: the lock ends with its connection, and an unfinished site is
// recognized by its state and installed again.

require_once __DIR__ . '/database.php';
require_once __DIR__ . '/secrets-manager.php';
require_once __DIR__ . '/visit.php';

const LOCK = "CONCAT('wordpress-install:', DATABASE())";
const LOCK_SECONDS = 300;
const STATE_TABLE = 'wordpress_on_aws_install';

function say(string $line): void
{
    fwrite(STDERR, "wordpress-server install: $line\n");
}

function fail(string $line): never
{
    say("FATAL: $line");
    exit(1);
}

function take_lock(): mysqli
{
    $login = published_login() ?? fail('there is no database login yet');
    $where = settings()['DATABASE_ADDRESS'];
    try {
        $connection = connect_database($login);
    } catch (mysqli_sql_exception $refusal) {
        fail($refusal->getCode() === ACCESS_DENIED
            ? "the database at $where refuses the user and password of the secret"
            : "no connection to the database at $where: " . $refusal->getMessage());
    }
    $taken = $connection->query('SELECT GET_LOCK(' . LOCK . ', ' . LOCK_SECONDS . ')')->fetch_row()[0];
    if ((string) $taken !== '1') {
        fail('another server has been installing the site for ' . LOCK_SECONDS . ' s');
    }
    return $connection;
}

function read_state(mysqli $connection): ?string
{
    $connection->query('CREATE TABLE IF NOT EXISTS ' . STATE_TABLE
        . ' (id TINYINT PRIMARY KEY, state VARCHAR(16) NOT NULL) ENGINE=InnoDB');
    return $connection->query('SELECT state FROM ' . STATE_TABLE . ' WHERE id = 1')->fetch_row()[0] ?? null;
}

/** The table of WordPress's changes, for the page caches of all servers: see mu-plugins/page-cache.php. */
function make_purge_table(mysqli $connection): void
{
    $connection->query('CREATE TABLE IF NOT EXISTS wordpress_on_aws_purges (id BIGINT AUTO_INCREMENT PRIMARY KEY,'
        . ' scope VARCHAR(32) NOT NULL, withdrawn TINYINT NOT NULL) ENGINE=InnoDB');
}

function write_state(mysqli $connection, string $state): void
{
    $connection->query('REPLACE INTO ' . STATE_TABLE . " VALUES (1, '$state')");
}

/** WordPress treats tables without a user as an installed site, so the tables of a killed installation are removed. */
function drop_half_made_site(mysqli $connection): void
{
    say('an earlier installation died halfway; starting again');
    foreach ($connection->query("SHOW TABLES LIKE 'wp\\_%'")->fetch_all() as [$table]) {
        $connection->query("DROP TABLE `$table`");
    }
}

/** The login in the secret. An empty secret is filled here, so that the password exists only in AWS. */
function administrator(): array
{
    $made = ['username' => 'admin', 'password' => bin2hex(random_bytes(24))];
    $arn = settings()['ADMIN_SECRET_ARN'] ?? null;
    if ($arn === null) {
        return $made;
    }
    try {
        return read_login_secret($arn);
    } catch (RuntimeException $problem) {
        // AWS also returns this for a secret without a value.
        if (!($problem instanceof AwsRefusal) || $problem->reason !== 'ResourceNotFoundException') {
            fail($problem->getMessage());
        }
    }
    try {
        write_login_secret($arn, $made);
    } catch (RuntimeException $problem) {
        if (!($problem instanceof AwsRefusal) || $problem->reason !== 'AccessDeniedException') {
            fail($problem->getMessage());
        }
        say('the administrator has a password that nobody knows (wordpress-server admin-password gives another): '
            . $problem->getMessage());
    }
    return $made;
}

function make_site(array $administrator): void
{
    $settings = settings();
    // Otherwise WordPress tests rewriting with an HTTP request to itself, before its web server runs.
    add_filter('pre_option_permalink_structure', $permalinks = fn (): string => '/%year%/%monthnum%/%postname%/');
    $made = wp_install(
        $settings['SITE_TITLE'],
        $administrator['username'],
        $settings['ADMIN_EMAIL'],
        true,
        '',
        wp_slash($administrator['password']),
    );
    if (is_wp_error($made)) {
        fail('WordPress could not install itself: ' . $made->get_error_message());
    }
    remove_filter('pre_option_permalink_structure', $permalinks);
    update_option('permalink_structure', $permalinks());
    // Generated here, under the lock, and stored in the database: two servers would generate different ones.
    foreach (['auth', 'secure_auth', 'logged_in', 'nonce'] as $scheme) {
        wp_salt($scheme);
    }
}

$lock = take_lock();
$state = read_state($lock);
make_purge_table($lock);
if ($state === 'installing') {
    drop_half_made_site($lock);
}

pretend_visit('/');
define('WP_INSTALLING', true);
// WordPress would send mail about a new site, but there is no mail server.
function wp_new_blog_notification(): void
{
}
require '/usr/share/wordpress/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

if (!is_blog_installed()) {
    $administrator = administrator();
    write_state($lock, 'installing');
    make_site($administrator);
    say('installed');
} elseif ((int) get_option('db_version') < $wp_db_version) {
    wp_upgrade();
    say("upgraded the schema to $wp_db_version");
} else {
    say('already installed');
}
// The next request creates them, with the addresses of archives and plugins, which are not all known here.
delete_option('rewrite_rules');
write_state($lock, 'done');
