<?php
// Reads or writes one secret, signed as AWS wants it. Debian's awscli would do it with 150 MB more in the image and a second
// of processor time at every look; this is asked twice a minute.

require_once __DIR__ . '/settings.php';

const METADATA = 'http://169.254.169.254/latest';

/** AWS said no: one sentence for the log, and AWS's own name for the reason. */
final class AwsRefusal extends RuntimeException
{
    public function __construct(string $sentence, public readonly string $reason)
    {
        parent::__construct($sentence);
    }
}

/** @throws RuntimeException with one sentence for the log; never with a secret in it */
function http_ask(string $what, string $method, string $url, array $headers, string $body = ''): string
{
    $request = curl_init($url);
    curl_setopt_array($request, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CONNECTTIMEOUT => 3,
        CURLOPT_TIMEOUT => 8,
        CURLOPT_NOPROXY => '*',
    ] + ($body === '' ? [] : [CURLOPT_POSTFIELDS => $body]));
    $answer = curl_exec($request);
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    if ($answer === false) {
        throw new RuntimeException("$what did not answer: " . curl_error($request));
    }
    if ($status !== 200) {
        // An error of AWS's has a type and a message, and no secret.
        $error = json_decode($answer, true) ?? [];
        $reason = $error['__type'] ?? 'no type';
        $message = $error['message'] ?? $error['Message'] ?? 'no message';
        throw new AwsRefusal("$what answered $status ($reason, $message)", $reason);
    }
    return $answer;
}

/** The instance role's credentials, from IMDSv2. */
function role_credentials(): array
{
    $token = http_ask('instance metadata', 'PUT', METADATA . '/api/token', ['X-aws-ec2-metadata-token-ttl-seconds: 60']);
    $ask = fn (string $path): string => http_ask(
        'instance metadata (is there an instance profile?)',
        'GET',
        METADATA . "/meta-data/iam/security-credentials/$path",
        ["X-aws-ec2-metadata-token: $token"],
    );
    $role = trim(strtok($ask(''), "\n"));
    return json_decode($ask($role), true, 8, JSON_THROW_ON_ERROR);
}

/** Signature Version 4 of a POST of JSON to `/`. @return list<string> headers */
function signed_headers(array $credentials, string $region, string $host, string $target, string $body): array
{
    $time = gmdate('Ymd\THis\Z');
    $day = substr($time, 0, 8);
    $headers = [
        'content-type' => 'application/x-amz-json-1.1',
        'host' => $host,
        'x-amz-date' => $time,
        'x-amz-security-token' => $credentials['Token'],
        'x-amz-target' => $target,
    ];
    $lines = array_map(fn (string $name): string => "$name:$headers[$name]", array_keys($headers));
    $names = implode(';', array_keys($headers));
    $request = implode("\n", ['POST', '/', '', ...$lines, '', $names, hash('sha256', $body)]);
    $scope = "$day/$region/secretsmanager/aws4_request";
    $toSign = implode("\n", ['AWS4-HMAC-SHA256', $time, $scope, hash('sha256', $request)]);
    $key = 'AWS4' . $credentials['SecretAccessKey'];
    foreach ([$day, $region, 'secretsmanager', 'aws4_request'] as $part) {
        $key = hash_hmac('sha256', $part, $key, true);
    }
    $signature = hash_hmac('sha256', $toSign, $key);
    return [
        ...$lines,
        "authorization: AWS4-HMAC-SHA256 Credential=$credentials[AccessKeyId]/$scope, "
            . "SignedHeaders=$names, Signature=$signature",
    ];
}

function ask_secrets_manager(string $what, string $action, array $request): array
{
    $settings = settings();
    $region = $settings['AWS_REGION'];
    $url = $settings['AWS_ENDPOINT_URL'] ?? "https://secretsmanager.$region.amazonaws.com";
    $host = preg_replace('#^https?://#', '', $url);
    $body = json_encode($request, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
    $headers = signed_headers(role_credentials(), $region, $host, "secretsmanager.$action", $body);
    return json_decode(http_ask("Secrets Manager, $what,", 'POST', "$url/", $headers, $body), true) ?? [];
}

/** A secret of RDS's form. @return array{username: string, password: string} */
function read_login_secret(string $arn): array
{
    $answer = ask_secrets_manager("asked for $arn", 'GetSecretValue', ['SecretId' => $arn]);
    $login = json_decode($answer['SecretString'] ?? '', true);
    if (!is_string($login['username'] ?? null) || !is_string($login['password'] ?? null)) {
        throw new RuntimeException("the secret $arn is not of the form {\"username\": …, \"password\": …}");
    }
    return ['username' => $login['username'], 'password' => $login['password']];
}

/** The same form. @param array{username: string, password: string} $login */
function write_login_secret(string $arn, array $login): void
{
    ask_secrets_manager("told to keep $arn", 'PutSecretValue', [
        'SecretId' => $arn,
        'SecretString' => json_encode($login, JSON_THROW_ON_ERROR),
        'ClientRequestToken' => bin2hex(random_bytes(16)),
    ]);
}
