<?php
// Reads the database's secret and publishes it to this server's PHP, in memory only. Runs as root: at boot, from a
// timer, and at once when a page was refused by the database (wordpress-secret.path).

require_once __DIR__ . '/secrets-manager.php';
require_once __DIR__ . '/database.php';

const AGREE_WITHIN_SECONDS = 20;

function say(string $line): void
{
    fwrite(STDERR, "wordpress-server secret: $line\n");
}

/** Whether the database takes this login; null when it cannot be asked. */
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
// A rotation changes the secret and the database one after the other; until both agree the former may still serve.
for ($tries = 1; $former !== null && accepts($login) === false; $tries++) {
    if ($tries === AGREE_WITHIN_SECONDS) {
        say('the database does not take the new password; the former stays');
        exit(0);
    }
    sleep(1);
}
publish($login);
say($former === null ? 'the database login is read' : 'the password was rotated; the new one is in use');
