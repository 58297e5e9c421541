<?php
// Lets a program load WordPress as a request to the site's address would.

require_once __DIR__ . '/settings.php';

function pretend_visit(string $path): void
{
    $site = parse_url(settings()['SITE_URL']);
    $_SERVER['HTTP_HOST'] = $site['host'] . (isset($site['port']) ? ":$site[port]" : '');
    $_SERVER['SERVER_NAME'] = $site['host'];
    $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
    $_SERVER['REQUEST_METHOD'] = 'GET';
    $_SERVER['REQUEST_URI'] = $path;
    $_SERVER['REMOTE_ADDR'] = '127.0.0.1';
    if ($site['scheme'] === 'https') {
        $_SERVER['HTTPS'] = 'on';
    }
}
