import { put } from "../../../localAws/live/images/layer";
import { Author } from "../lab/author";
import type { Lab } from "../lab/lab";
import type { Machine } from "../lab/machine";
import type { Report } from "../support/report";
import { lockOnlyWhatIsShared } from "./pageCache/lock";
import { poisonThePageCache } from "./pageCache/poisoning";
import { purgeThePageCache } from "./pageCache/purging";
import { shareOnlyWhatIsTheSame } from "./pageCache/sharing";

/** Does what plugins may do, selected by the address of a page: `?probe=…`. */
const probes = `<?php
add_action('template_redirect', function () {
    match ($_GET['probe'] ?? '') {
        'cookie' => setcookie('shop', bin2hex(random_bytes(8))),
        'session' => session_start(),
        'private' => header('Cache-Control: private'),
        'vary' => header('Vary: Cookie'),
        'constant' => define('DONOTCACHEPAGE', true),
        'flush' => ob_flush(),
        default => null,
    };
});
add_action('wp_footer', function () {
    if (isset($_GET['probe'])) {
        $seen = array_filter($_SERVER, fn ($name) => str_starts_with($name, 'HTTP_'), ARRAY_FILTER_USE_KEY);
        echo 'run ', bin2hex(random_bytes(8)), ' <pre>', esc_html(json_encode([$seen, $_COOKIE, $_SERVER['REMOTE_ADDR']])), '</pre>';
    }
    if (($_GET['probe'] ?? '') === 'slow') {
        sleep(3);
    }
});
`;

/** Tests which pages are shared, which requests wait for others, and when a change becomes visible. */
export async function checkPageCache(lab: Lab, report: Report, a: Machine, b: Machine): Promise<void> {
  const plugin = "var/lib/wordpress/wp-content/mu-plugins/lab-probes.php";
  for (const server of [a, b]) put(server.root, plugin, probes);
  const author = await Author.logIn(a);
  await poisonThePageCache(lab, report, a, author);
  await shareOnlyWhatIsTheSame(report, a);
  await lockOnlyWhatIsShared(report, a);
  await purgeThePageCache(lab, report, a, b, author);
  for (const server of [a, b]) await server.run("rm", `/${plugin}`);
}
