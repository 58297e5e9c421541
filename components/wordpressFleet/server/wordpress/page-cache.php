<?php
/**
 * Plugin Name: Page cache
 * Description: Tells nginx which pages it may keep, and for how long. Nothing else is ever kept.
 */

// A front-end page of a visitor without a name: fresh for 10 s; for a minute more nginx may show it while it fetches
// a new one. (While WordPress answers with errors, as it does without a database, nginx shows what it has: see its
// configuration.)
add_action('send_headers', function (): void {
    if (!is_user_logged_in()) {
        header('Cache-Control: s-maxage=10, stale-while-revalidate=60');
    }
});
