// What the comment at the top of a scenario of scenarios/gateways says, line by line: `# Key: value`.

const measured = /^(?<verdict>pass|fail|inconclusive)(?: \((?<failing>[a-z, ]+)\))? with (?<version>\S+)$/;

/** @throws Error where a line is missing or not in its shape. */
export function readComment(text) {
  const values = (key) =>
    [...text.matchAll(new RegExp(`^# ${key}: (.+)$`, "gm"))].map(([, value]) => value.trim());
  const one = (key) => {
    const [value, ...more] = values(key);
    if (value === undefined || more.length > 0) throw new Error(`wants one line "# ${key}: …"`);
    return value;
  };
  const { groups } = measured.exec(one("Measured")) ?? {};
  if (!groups)
    throw new Error('wants "# Measured: pass with 1.2" or "# Measured: fail (fds, ptys) with 1.2"');
  const install = values("Install");
  if (install.length === 0) throw new Error('wants a line "# Install: …"');
  return {
    install,
    versionCommand: one("Version"),
    holds: one("Holds per session"),
    verdict: groups.verdict,
    failing: groups.failing?.split(", ") ?? [],
    version: groups.version,
  };
}
