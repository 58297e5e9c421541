<?php
// Checks what WordPress and our programs need of PHP, and prints what is missing.
$needed = ['curl', 'gd', 'intl', 'mbstring', 'mysqli', 'openssl', 'xml', 'zip'];
$missing = array_filter($needed, fn (string $each): bool => !extension_loaded($each));
foreach ($missing as $each) {
    echo "extension $each is missing\n";
}
$version = '/usr/share/wordpress/wp-includes/version.php';
if (!is_readable($version)) {
    echo "$version is missing\n";
}
exit($missing === [] && is_readable($version) ? 0 : 1);
