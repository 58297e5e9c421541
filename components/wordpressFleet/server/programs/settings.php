<?php
// Reads the settings from user data. They are parsed, never sourced: a value is the rest of its line.
//   settings.php check        lists all problems, exits with 1 if there are any
//   settings.php get NAME     prints one value

const SETTINGS_FILE = '/etc/wordpress-on-aws/settings.env';

/** @return array<string, string> with defaults filled in; unchecked */
function settings(): array
{
    $given = [];
    foreach (@file(SETTINGS_FILE, FILE_IGNORE_NEW_LINES) ?: [] as $line) {
        if (preg_match('/^([A-Z][A-Z0-9_]*)=(.*)$/', rtrim($line, "\r"), $parts) === 1) {
            $given[$parts[1]] = $parts[2];
        }
    }
    $host = (string) parse_url($given['SITE_URL'] ?? '', PHP_URL_HOST);
    return $given + [
        'DATABASE_PORT' => '3306',
        'SITE_TITLE' => 'WordPress',
        'ADMIN_EMAIL' => "admin@$host",
        'INTERNET' => 'yes',
    ];
}

/** @return list<string> each problem: the name, the value, and what is allowed */
function setting_problems(array $settings): array
{
    $host = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?';
    $arn = 'arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[!-~]+';
    $needed = [
        'DATABASE_ADDRESS' => [$host, 'a host name'],
        'DATABASE_PORT' => ['[1-9][0-9]{0,4}', 'a port, 1 to 65535'],
        'DATABASE_NAME' => ['[A-Za-z0-9_]{1,64}', '1 to 64 letters, digits or _'],
        'DATABASE_SECRET_ARN' => [$arn, "a secret's ARN"],
        'AWS_REGION' => ['[a-z]{2}(?:-[a-z]+)+-[0-9]', 'a region, e.g. us-east-1'],
        'SITE_URL' => ["https?://$host(?::[0-9]{1,5})?", 'https:// or http:// and a host, no path'],
        'INTERNET' => ['yes|no', 'yes or no'],
        'UPLOADS' => ["local|$host", "local, or an EFS file system's DNS name"],
    ];
    $optional = [
        'ADMIN_EMAIL' => $email = ['[^@\s]+@[^@\s]+', 'an e-mail address'],
        'MAIL_FROM' => $email,
        'MAIL_CONFIGURATION_SET' => ['[A-Za-z0-9_-]{1,64}', '1 to 64 letters, digits, _ or -'],
        'ADMIN_SECRET_ARN' => [$arn, "a secret's ARN"],
        'AWS_ENDPOINT_URL' => ["https?://$host(?::[0-9]{1,5})?", 'https:// or http:// and a host'],
    ];
    $problems = [];
    foreach ($needed + $optional as $name => [$pattern, $allowed]) {
        $value = $settings[$name] ?? null;
        if ($value === null && isset($needed[$name])) {
            $problems[] = "$name is missing; wanted: $allowed";
        } elseif ($value !== null && preg_match("#^(?:$pattern)\$#D", $value) !== 1) {
            $problems[] = "$name is \"$value\"; wanted: $allowed";
        }
    }
    return $problems;
}

if (realpath($_SERVER['SCRIPT_FILENAME'] ?? '') !== __FILE__) {
    return;
}
if (($argv[1] ?? '') === 'get') {
    echo settings()[$argv[2]] ?? '', "\n";
    exit(0);
}
$problems = is_readable(SETTINGS_FILE) ? setting_problems(settings()) : [SETTINGS_FILE . ' is missing'];
foreach ($problems as $problem) {
    fwrite(STDERR, "wordpress-server settings: $problem\n");
}
exit($problems === [] ? 0 : 1);
