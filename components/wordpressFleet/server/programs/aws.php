<?php
// Sends signed requests to AWS. Debian's awscli would add 150 MB to the image and take a second of processor time for each
// request; there are two requests to Secrets Manager a minute.

require_once __DIR__ . '/settings.php';

const METADATA = 'http://169.254.169.254/latest';

/** AWS refused a request: one sentence for the log, and AWS's error code. */
final class AwsRefusal extends RuntimeException
{
    public function __construct(string $sentence, public readonly string $reason)
    {
        parent::__construct($sentence);
    }
}

/** @throws RuntimeException with one sentence for the log, which never contains a secret */
function http_ask(string $what, string $method, string $url, array $headers, string $body = '', int $seconds = 8): string
{
    $request = curl_init($url);
    curl_setopt_array($request, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CONNECTTIMEOUT => 3,
        CURLOPT_TIMEOUT => $seconds,
        CURLOPT_NOPROXY => '*',
    ] + ($body === '' ? [] : [CURLOPT_POSTFIELDS => $body]));
    $answer = curl_exec($request);
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    if ($answer === false) {
        throw new RuntimeException("$what did not answer: " . curl_error($request));
    }
    if ($status !== 200) {
        // AWS's errors have a message, a type here or in a header, and no secret.
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

/**
 * Signature Version 4 of a POST.
 * @param array<string, string> $headers with lower-case names
 * @return list<string> these headers and those of the signature
 */
function signed_headers(array $credentials, string $region, string $service, string $path, array $headers, string $body): array
{
    $time = gmdate('Ymd\THis\Z');
    $day = substr($time, 0, 8);
    $headers += ['x-amz-date' => $time, 'x-amz-security-token' => $credentials['Token']];
    ksort($headers);
    $lines = array_map(fn (string $name): string => "$name:$headers[$name]", array_keys($headers));
    $names = implode(';', array_keys($headers));
    $request = implode("\n", ['POST', $path, '', ...$lines, '', $names, hash('sha256', $body)]);
    $scope = "$day/$region/$service/aws4_request";
    $toSign = implode("\n", ['AWS4-HMAC-SHA256', $time, $scope, hash('sha256', $request)]);
    $key = 'AWS4' . $credentials['SecretAccessKey'];
    foreach (explode('/', $scope) as $part) {
        $key = hash_hmac('sha256', $part, $key, true);
    }
    $signature = hash_hmac('sha256', $toSign, $key);
    return [
        ...$lines,
        "authorization: AWS4-HMAC-SHA256 Credential=$credentials[AccessKeyId]/$scope, "
            . "SignedHeaders=$names, Signature=$signature",
    ];
}

/**
 * Sends a request to a service of this region, with the server's role.
 * @param array{string, string} $service the beginning of its host name, and its name in signatures
 */
function ask_aws(string $what, array $service, string $path, array $headers, array $request, int $seconds = 8): array
{
    $settings = settings();
    $region = $settings['AWS_REGION'];
    $url = $settings['AWS_ENDPOINT_URL'] ?? "https://$service[0].$region.amazonaws.com";
    $headers['host'] = preg_replace('#^https?://#', '', $url);
    $body = json_encode($request, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
    $headers = signed_headers(role_credentials(), $region, $service[1], $path, $headers, $body);
    return json_decode(http_ask($what, 'POST', $url . $path, $headers, $body, $seconds), true) ?? [];
}
