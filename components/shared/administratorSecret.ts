/** The `Name` tag of the administrator's secret of a fleet. */
export function administratorSecretName(fleet: string): string {
  return `${fleet}-administrator`;
}

/** Whether a `Name` tag is that of an administrator's secret. */
export function isAdministratorSecretName(name: string | undefined): boolean {
  return name?.endsWith(administratorSecretName("")) === true;
}
