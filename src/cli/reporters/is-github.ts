/** Whether this is a step of a workflow of GitHub. */
export function isGithub(env: Readonly<Record<string, string | undefined>>): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}
