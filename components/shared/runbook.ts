/** An alarm's description, which its mail shows, with the page of the runbook that an operator needs then. */
export function withRunbook(description: string, page: string): string {
  return `${description} What to do: docs/runbook/${page}.md`;
}
