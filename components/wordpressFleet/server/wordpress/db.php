<?php
// WordPress's own place for another way to the database: ours checks the server's certificate, and gets over a
// password that was rotated since the last look.

require_once '/usr/local/lib/wordpress-on-aws/database.php';

final class Verified_Database extends wpdb
{
    private const WISH = '/run/wordpress-on-aws/wishes/secret';
    private const PATIENCE_SECONDS = 5;
    private const CONNECT_SECONDS = 3;

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
        return true;
    }

    private function connection(): ?mysqli
    {
        $login = published_login() ?? ['username' => '', 'password' => ''];
        try {
            return connect_database($login, self::CONNECT_SECONDS);
        } catch (mysqli_sql_exception $refusal) {
            $newer = $refusal->getCode() === ACCESS_DENIED ? $this->newer_login($login) : null;
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
