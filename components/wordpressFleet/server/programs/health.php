<?php
// /healthz checks only this server: a database outage must not replace every server.
// /healthz/deep also checks the database. Neither returns the reason: anyone can request them. The log has it.

require __DIR__ . '/database.php';

/** wordpress-watch.service refreshes its file every 3 s; a server whose watch hangs is unhealthy, too. */
const WATCHED_WITHIN_SECONDS = 15;

function server_is_well(): bool
{
    return is_file('/run/wordpress-on-aws/configured')
        && time() - (int) @filemtime('/run/wordpress-on-aws/watched') <= WATCHED_WITHIN_SECONDS;
}

function database_is_well(): bool
{
    try {
        return connect_database(published_login() ?? [], 2)->query('SELECT 1') !== false;
    } catch (Throwable) {
        return false;
    }
}

$deep = ($_SERVER['HEALTH_DEPTH'] ?? '') === 'deep';
$well = server_is_well() && (!$deep || database_is_well());
http_response_code($well ? 200 : 503);
header('Content-Type: text/plain');
header('Cache-Control: no-store');
echo $well ? "ok\n" : "unhealthy\n";
