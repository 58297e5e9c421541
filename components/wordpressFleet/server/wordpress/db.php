<?php
// WordPress's own place for another way to the database: ours checks the server's certificate, gets over a
// password that was rotated since the last look, and has one request at a time wait for a database that is silent.

require_once '/usr/local/lib/wordpress-on-aws/database.php';

final class Verified_Database extends wpdb
{
    private const WISH = '/run/wordpress-on-aws/wishes/secret';
    private const PATIENCE_SECONDS = 5;
    private const CONNECT_SECONDS = 3;
    private const AWAY = '/run/wordpress-on-aws/wishes/database-away';
    /** Longer than a connection is waited for. */
    private const AWAY_SECONDS = 4;
    /** A refusal comes at once. */
    private const SILENT_SECONDS = 1;

    /** Of the last purge before this request read anything else: see mu-plugins/page-cache.php. */
    public ?int $last_purge = null;

    public function db_connect($allow_bail = true)
    {
        $this->is_mysql = true;
        $this->dbh = $this->connection();
        // WordPress looks at return values, not at exceptions.
        mysqli_report(MYSQLI_REPORT_OFF);
        if ($this->dbh === null) {
            if ($allow_bail) {
                wp_load_translations_early();
                $this->bail('<h1>' . __('Error establishing a database connection') . '</h1>', 'db_connect_fail');
            }
            return false;
        }
        if (!$this->has_connected) {
            $this->init_charset();
        }
        $this->has_connected = true;
        $this->set_charset($this->dbh);
        $this->ready = true;
        $this->set_sql_mode();
        if (isset($_SERVER['SHARED_PAGE'])) {
            $this->last_purge ??= $this->get_var('SELECT COALESCE(MAX(id), 0) FROM wordpress_on_aws_purges');
        }
        return true;
    }

    private function connection(): ?mysqli
    {
        if ($this->is_known_to_be_away()) {
            return null;
        }
        $login = published_login() ?? ['username' => '', 'password' => ''];
        $began = microtime(true);
        try {
            $connection = connect_database($login, self::CONNECT_SECONDS);
            @unlink(self::AWAY);
            return $connection;
        } catch (mysqli_sql_exception $refusal) {
            $denied = $refusal->getCode() === ACCESS_DENIED;
            if (!$denied && microtime(true) - $began >= self::SILENT_SECONDS) {
                touch(self::AWAY);
            }
            $newer = $denied ? $this->newer_login($login) : null;
            if ($newer === null) {
                error_log('wordpress-server page: no database: ' . $refusal->getMessage());
                return null;
            }
        }
        try {
            return connect_database($newer, self::CONNECT_SECONDS);
        } catch (mysqli_sql_exception $refusal) {
            error_log('wordpress-server page: no database with the new password: ' . $refusal->getMessage());
            return null;
        }
    }

    /**
     * All workers waiting for a silent database would leave none to say that nginx may show what it has: the first one
     * leaves a mark, and as long as it is there one request at a time tries again.
     */
    private function is_known_to_be_away(): bool
    {
        clearstatcache();
        $since = @filemtime(self::AWAY);
        if ($since === false) {
            return false;
        }
        if (time() - $since < self::AWAY_SECONDS) {
            return true;
        }
        touch(self::AWAY);
        return false;
    }

    /** Asks wordpress-secret.path to read the secret now, and waits for what it finds. */
    private function newer_login(array $refused): ?array
    {
        $deadline = microtime(true) + self::PATIENCE_SECONDS;
        while (microtime(true) < $deadline) {
            clearstatcache();
            if (time() - (int) @filemtime(self::WISH) >= 2) {
                touch(self::WISH);
            }
            usleep(100_000);
            $published = published_login();
            if ($published !== null && $published !== $refused) {
                return $published;
            }
        }
        return null;
    }
}

$wpdb = new Verified_Database(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
