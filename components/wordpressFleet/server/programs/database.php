<?php
// Connects to the database through TLS, and verifies the certificate with the database's certificate authority.

require_once __DIR__ . '/settings.php';

const LOGIN_FILE = '/run/wordpress-on-aws/database.json';
const DATABASE_CA = '/etc/wordpress-on-aws/database-ca.pem';
/** Error codes of MariaDB and MySQL for a wrong user name or password. */
const ACCESS_DENIED = 1045;

/** The login that refresh-secret.php published last. @return array{username: string, password: string}|null */
function published_login(): ?array
{
    $text = @file_get_contents(LOGIN_FILE);
    return $text === false ? null : json_decode($text, true, 4, JSON_THROW_ON_ERROR);
}

/** @throws mysqli_sql_exception whose code distinguishes a wrong password from an unreachable database */
function connect_database(array $login, int $seconds = 5): mysqli
{
    $settings = settings();
    mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
    $connection = mysqli_init();
    $connection->options(MYSQLI_OPT_CONNECT_TIMEOUT, $seconds);
    $connection->ssl_set(null, null, DATABASE_CA, null, null);
    // A failed connection also raises warnings, which repeat the exception.
    @$connection->real_connect(
        $settings['DATABASE_ADDRESS'],
        $login['username'],
        $login['password'],
        $settings['DATABASE_NAME'],
        (int) $settings['DATABASE_PORT'],
        null,
        MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_VERIFY_SERVER_CERT,
    );
    return $connection;
}
