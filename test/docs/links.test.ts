import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { docPages, home } from "./pages.js";

const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", ...docPages()];

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  const headings = page.matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/\]\([^)]*\)/g, "")
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function deadLinks(name: string): string[] {
  const page = readFileSync(join(home, name), "utf8").replaceAll(/^```.*?^```$/gms, "");
  const links = [...page.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(home, name) : join(home, dirname(name), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
  });
}

describe("every link of a page leads somewhere", () => {
  it.each(pages)("%s", (name) => expect(deadLinks(name)).toEqual([]));
});
