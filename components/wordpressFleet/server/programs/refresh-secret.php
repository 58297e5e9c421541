<?php
// Reads the database's secret and publishes it to this server's PHP, only in memory. Runs as root: at boot, by a timer,
// and at once when the database refuses a page's login (wordpress-secret.path).

require_once __DIR__ . '/secrets-manager.php';
require_once __DIR__ . '/database.php';

const AGREE_WITHIN_SECONDS = 20;

function say(string $line): void
{
    fwrite(STDERR, "wordpress-server secret: $line\n");
}

/** Whether the database accepts this login; null when it cannot be reached. */
function accepts(array $login): ?bool
{
    try {
        connect_database($login)->close();
        return true;
    } catch (mysqli_sql_exception $refusal) {
        return $refusal->getCode() === ACCESS_DENIED ? false : null;
    }
}

function publish(array $login): void
{
    $fresh = LOGIN_FILE . '.fresh';
    @unlink($fresh);
    touch($fresh);
    chmod($fresh, 0640);
    chgrp($fresh, 'www-data');
    file_put_contents($fresh, json_encode($login, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
    rename($fresh, LOGIN_FILE);
}

try {
    $former = published_login();
    $login = read_login_secret(settings()['DATABASE_SECRET_ARN']);
} catch (RuntimeException | JsonException $problem) {
    say('FATAL: ' . $problem->getMessage());
    exit(1);
}
if ($login === $former) {
    exit(0);
}
// A rotation changes the secret and then the database; until both agree, the former login may still work.
for ($tries = 1; $former !== null && accepts($login) === false; $tries++) {
    if ($tries === AGREE_WITHIN_SECONDS) {
        say('the database does not take the new password; the former stays');
        exit(0);
    }
    sleep(1);
}
publish($login);
say($former === null ? 'the database login is read' : 'the password was rotated; the new one is in use');
