<?php
/**
 * Plugin Name: Network
 * Description: Lets WordPress ask itself without the load balancer, and no one else where there is no route.
 */

// A server may be unable to reach the load balancer, because of security groups or a network without egress. So WordPress
// sends requests to itself to the nginx of the same server, as the load balancer would.
add_filter('pre_http_request', function ($answer, array $request, string $url) {
    [$to, $site] = [wp_parse_url($url), wp_parse_url(WP_HOME)];
    if ($answer !== false || strcasecmp($to['host'] ?? '', $site['host']) !== 0) {
        return $answer;
    }
    if ($to['scheme'] !== $site['scheme'] || isset($to['port']) && $to['port'] !== ($site['port'] ?? null)) {
        return new WP_Error('http_request_failed', 'This site answers at ' . WP_HOME . ' only.');
    }
    $path = ($to['path'] ?? '/') . (isset($to['query']) ? "?$to[query]" : '');
    $headers = $request['headers'] ?? [];
    if (!is_array($headers)) {
        $headers = WP_Http::processHeaders($headers)['headers'];
    }
    $answer = wp_remote_request("http://localhost$path", [
        'headers' => ['Host' => $to['host'], 'X-Forwarded-Proto' => $site['scheme']] + $headers,
        // A redirect points to the site's address, which the transport must not follow.
        'redirection' => 0,
        'reject_unsafe_urls' => false,
    ] + $request);
    $next = is_wp_error($answer) ? '' : wp_remote_retrieve_header($answer, 'location');
    if ($next === '' || $request['redirection'] < 1) {
        return $answer;
    }
    return wp_remote_get(WP_Http::make_absolute_url($next, $url), [
        'method' => 'GET',
        'body' => null,
        'redirection' => $request['redirection'] - 1,
    ] + $request);
}, 10, 3);

if (WP_HTTP_BLOCK_EXTERNAL) {
    add_filter('should_load_remote_block_patterns', '__return_false');
    add_action('wp_dashboard_setup', function (): void {
        // News and events of WordPress.org.
        remove_meta_box('dashboard_primary', 'dashboard', 'side');
    });
}
