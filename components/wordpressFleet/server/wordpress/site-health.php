<?php
/**
 * Plugin Name: Site Health
 * Description: Leaves out what does not apply to a server whose software comes with its image.
 */

/** @return array what Site Health shows */
function server_health(string $test, string $status, string $label, string $description): array
{
    return [
        'label' => $label,
        'status' => $status,
        'badge' => ['label' => 'Server', 'color' => 'blue'],
        'description' => "<p>$description</p>",
        'actions' => '',
        'test' => $test,
    ];
}

add_filter('site_status_tests', function (array $tests): array {
    $unfit = ['background_updates', 'plugin_theme_auto_updates', 'update_temp_backup_writable', 'available_updates_disk_space'];
    if (WP_HTTP_BLOCK_EXTERNAL) {
        array_push($unfit, 'wordpress_version', 'plugin_version', 'theme_version', 'php_version', 'dotorg_communication', 'http_requests');
    }
    foreach ($unfit as $test) {
        unset($tests['direct'][$test], $tests['async'][$test]);
    }
    $tests['direct']['server_software'] = ['label' => 'Software', 'test' => fn (): array => server_health(
        'server_software',
        'good',
        "Software comes with the servers' image",
        'A new image updates all servers together.'
            . (WP_HTTP_BLOCK_EXTERNAL ? ' WordPress looks for no updates: the servers have no route to the internet.' : ''),
    )];
    $tests['direct']['server_mail'] = ['label' => 'Mail', 'test' => fn (): array => site_sends_mail()
        ? server_health('server_mail', 'good', 'Mail goes out through Amazon SES', 'From: ' . esc_html(settings()['MAIL_FROM']))
        : server_health('server_mail', 'recommended', NO_MAIL, 'Set <code>fleet.mail</code> to send it through Amazon SES.'),
    ];
    return $tests;
});

// GD processes images; ImageMagick's many formats would add attack surface.
add_filter('site_status_test_php_modules', fn (array $modules): array => array_diff_key($modules, ['imagick' => 0]));

add_filter('site_status_page_cache_supported_cache_headers', fn (array $headers): array => $headers + [
    'x-page-cache' => fn (string $status): bool => $status !== '' && $status !== 'BYPASS',
]);
