// npm run docs:reference: writes the pages of docs/reference that are made from the program.
// With --check it writes nothing, names those that are not as the program is, and exits with 1 if there are any.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { generatedPages } from "./pages.js";

const onlyChecks = process.argv.includes("--check");

for (const [name, text] of await generatedPages()) {
  const path = new URL(`../../reference/${name}`, import.meta.url);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  console.log(`docs/reference/${name}`);
  if (onlyChecks) process.exitCode = 1;
  else writeFileSync(path, text);
}
