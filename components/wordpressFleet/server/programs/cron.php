<?php
// Runs WordPress's scheduled events on one server at a time: the holder of a database lock. WordPress reads and writes its
// own lock in two steps, so two servers could both take it.

require_once __DIR__ . '/database.php';
require_once __DIR__ . '/visit.php';

try {
    $lock = connect_database(published_login() ?? throw new RuntimeException('there is no database login yet'));
    $free = $lock->query("SELECT GET_LOCK(CONCAT('wordpress-cron:', DATABASE()), 0)")->fetch_row()[0];
} catch (RuntimeException $problem) {
    fwrite(STDERR, 'wordpress-server cron: not run: ' . $problem->getMessage() . "\n");
    exit(1);
}
if ((string) $free !== '1') {
    exit(0);
}
pretend_visit('/wp-cron.php');
require '/usr/share/wordpress/wp-cron.php';
