<?php
// Gives the first administrator a new password and prints it.

require_once __DIR__ . '/visit.php';

pretend_visit('/');
require '/usr/share/wordpress/wp-load.php';
$administrators = get_users(['role' => 'administrator', 'orderby' => 'ID', 'number' => 1]);
if ($administrators === []) {
    fwrite(STDERR, "The site has no administrator.\n");
    exit(1);
}
$password = wp_generate_password(24, false);
wp_set_password($password, $administrators[0]->ID);
echo "user:     {$administrators[0]->user_login}\npassword: $password\n";
