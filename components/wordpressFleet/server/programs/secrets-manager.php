<?php
// Reads or writes one secret.

require_once __DIR__ . '/aws.php';

function ask_secrets_manager(string $what, string $action, array $request): array
{
    return ask_aws("Secrets Manager, $what,", ['secretsmanager', 'secretsmanager'], '/', [
        'content-type' => 'application/x-amz-json-1.1',
        'x-amz-target' => "secretsmanager.$action",
    ], $request);
}

/** A secret in RDS's format. @return array{username: string, password: string} */
function read_login_secret(string $arn): array
{
    $answer = ask_secrets_manager("asked for $arn", 'GetSecretValue', ['SecretId' => $arn]);
    $login = json_decode($answer['SecretString'] ?? '', true);
    if (!is_string($login['username'] ?? null) || !is_string($login['password'] ?? null)) {
        throw new RuntimeException("the secret $arn is not of the form {\"username\": …, \"password\": …}");
    }
    return ['username' => $login['username'], 'password' => $login['password']];
}

/** In the same format. @param array{username: string, password: string} $login */
function write_login_secret(string $arn, array $login): void
{
    ask_secrets_manager("asked to keep $arn", 'PutSecretValue', [
        'SecretId' => $arn,
        'SecretString' => json_encode($login, JSON_THROW_ON_ERROR),
        'ClientRequestToken' => bin2hex(random_bytes(16)),
    ]);
}
