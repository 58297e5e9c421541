/** `off` switches off the patches that only save time; the tests pass either way. */
const variable = "WORDPRESS_ON_AWS_SPEED_PATCHES";

/** Whether this process may apply patches that only save time. */
export const speedPatchesAreOn = process.env[variable] !== "off";
