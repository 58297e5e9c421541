<?php
// Purges pages from this server's cache when WordPress changed them on any server: mu-plugins/page-cache.php records the
// changes in the database.

require_once __DIR__ . '/database.php';

const PAGES = '/var/cache/wordpress-pages/?/??/????????????????????????????????';
const EVERY_MICROSECONDS = 500_000;
/** The second purge finds a page that nginx stored during the first one. */
const TIMES = 2;
/** Two ids that are assigned at the same time may become visible in another order. */
const LATE = 50;
const NGINX_FILE_VERSION = 5;

function purge_page(string $path, array $purges): void
{
    // nginx may have removed it.
    $file = @fopen($path, 'r+');
    if (!$file) {
        return;
    }
    $head = fread($file, 16_384);
    preg_match('/\nKEY: [^|]*\|[^|]*\|(.*)/', $head, $key);
    $hits = array_filter($purges, fn (array $purge): bool => stripos($key[1] ?? '', $purge['scope']) === 0);
    if (array_sum(array_column($hits, 'withdrawn')) || unpack('q', $head)[1] !== NGINX_FILE_VERSION) {
        unlink($path);
    } elseif ($hits) {
        // Not fresh any more, and not served while a new one is fetched; only when WordPress responds with errors.
        fseek($file, 8);
        fwrite($file, pack('q2', 1, 0));
    }
}

$done = [];
$last = null;
while (true) {
    $purges = [];
    try {
        $database ??= connect_database(published_login() ?? [], 3);
        if ($last === null) {
            $last = (int) $database->query('SELECT MAX(id) FROM wordpress_on_aws_purges')->fetch_row()[0];
            $purges[] = ['scope' => '', 'withdrawn' => 0];
        }
        $since = $last - LATE;
        foreach ($database->query("SELECT * FROM wordpress_on_aws_purges WHERE id > $since") as $purge) {
            $last = max($last, $id = $purge['id']);
            $done[$id] = ($done[$id] ?? 0) + 1;
            if ($done[$id] <= TIMES) {
                $purges[] = $purge;
            }
        }
        $done = array_slice($done, -2 * LATE, null, true);
    } catch (mysqli_sql_exception) {
        // Pages are fresh for only a minute, and a page request logs the database's error.
        $database = null;
    }
    foreach ($purges ? glob(PAGES) : [] as $path) {
        purge_page($path, $purges);
    }
    usleep(EVERY_MICROSECONDS);
}
