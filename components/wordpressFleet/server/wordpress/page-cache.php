<?php
/**
 * Plugin Name: Page cache
 * Description: Marks the pages that are the same for every visitor, and records which ones have to be purged.
 */

namespace Page_Cache;

const FRESH_SECONDS = 60;
const NOT_SHARED_SECONDS = 10;

// --- Marks. nginx requests a page without the visitor's cookies and headers, and stores it only with our mark.

if (isset($_SERVER['SHARED_PAGE'])) {
    ob_start('Page_Cache\answer');
}

/** PHP calls it with the whole page, after every theme and plugin. */
function answer(string $page, int $phase): string
{
    if (headers_sent() || http_response_code() >= 500) {
        return $page;
    }
    if ($phase & PHP_OUTPUT_HANDLER_FINAL && !($phase & PHP_OUTPUT_HANDLER_CLEAN) && is_shared()) {
        if (is_current()) {
            header('X-Accel-Expires: ' . FRESH_SECONDS);
            header('X-Shared-Page: 1');
        }
        return $page;
    }
    if ($phase & (PHP_OUTPUT_HANDLER_FINAL | PHP_OUTPUT_HANDLER_FLUSH)) {
        // nginx repeats the request with everything that the visitor sent: see its configuration.
        header_remove();
        header('HTTP/1.1 418 Not shared');
        header('X-Accel-Expires: ' . NOT_SHARED_SECONDS);
    }
    return '';
}

/** A page of the site itself that nothing forbids to store: no session, whose cookie a header sets; no plugin. */
function is_shared(): bool
{
    // WordPress forbids it for every 404; the purge of a new post finds ours.
    $forbidden = is_404() ? '' : '|cache-control:.*(private|no-)';
    return did_action('wp')
        && in_array(http_response_code(), [200, 301, 404], true)
        && !is_user_logged_in()
        && $_COOKIE === []
        && !isset($_GET['unapproved'])
        && !is_search()
        // Plugins define it.
        && !defined('DONOTCACHEPAGE')
        && !preg_grep("/^(set-cookie:|vary:$forbidden)/i", headers_list());
}

/** Whether nothing changed that the page may show while it was rendered. */
function is_current(): bool
{
    global $wpdb;
    return '0' === $wpdb->get_var($wpdb->prepare(
        "SELECT COUNT(*) FROM wordpress_on_aws_purges WHERE id > %d AND %s LIKE CONCAT(scope, '%%')",
        $wpdb->last_purge,
        $_SERVER['REQUEST_URI'],
    ));
}

// --- Purges. Every server reads the list: see programs/purge.php.

/**
 * Recorded at once, in case the request is killed, and again at its end, when the whole change is written.
 * @param string $scope the beginning of the address
 * @param bool $withdrawn whether to delete the page, so that it is not served during an outage
 */
function purge(string $scope = '', bool $withdrawn = false): void
{
    static $recorded_at = [];
    $row = ['scope' => $scope, 'withdrawn' => (int) $withdrawn];
    $former = &$recorded_at["$scope $withdrawn"];
    $record = fn () => $GLOBALS['wpdb']->insert('wordpress_on_aws_purges', $row);
    if (!$former) {
        add_action('shutdown', $record, PHP_INT_MAX, 0);
    }
    if ($former < time() - 1) {
        $former = time();
        $record();
    }
}

/** Menus, templates and styles are posts of WordPress's own types, too. Private types of plugins are not. */
function purge_post(string $new, string $old, \WP_Post $post): void
{
    $type = get_post_type_object($post->post_type);
    if (in_array('publish', [$new, $old], true) && ($type?->_builtin || is_post_type_viewable($post->post_type))) {
        purge('', $new !== 'publish' || $post->post_password !== '');
    }
}

/** A new comment changes its post and the comment feeds. A removed one may have been on any page. */
function purge_comment(int $post, int $more): void
{
    if ($more < 0) {
        purge('', true);
    } elseif ($more > 0) {
        purge(wp_make_link_relative(get_permalink($post)));
        purge('/comments/');
    }
}

/** Options that a user saves, not internal ones of WordPress and plugins. */
function purge_option(string $name): void
{
    if (($_SERVER['REQUEST_METHOD'] ?? 'GET') !== 'GET' && $name[0] !== '_' && did_action('init') && is_user_logged_in()) {
        purge();
    }
}

foreach (['switch_theme', 'activated_plugin', 'deactivated_plugin', 'created_term', 'edited_term', 'delete_term',
    'profile_update', 'deleted_user'] as $event) {
    add_action($event, fn () => purge(), 10, 0);
}
add_action('added_option', 'Page_Cache\purge_option');
add_action('updated_option', 'Page_Cache\purge_option');
add_action('deleted_option', 'Page_Cache\purge_option');
add_action('transition_post_status', 'Page_Cache\purge_post', 10, 3);
add_action('deleted_post', fn ($id, $post) => purge_post('', $post->post_status, $post), 10, 2);
add_action('wp_update_comment_count', fn ($post, $new, $old) => purge_comment($post, $new <=> $old), 10, 3);
add_action('edit_comment', fn ($id, $comment) => purge_comment(
    $comment['comment_post_ID'],
    (int) ($comment['comment_approved'] ?? 1),
), 10, 2);
