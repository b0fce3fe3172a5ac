import { existsSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * What the tests ask of playwright-core. Its own types need those of a page (lib "dom"), which would then seem to be
 * there everywhere; what runs in the page is therefore handed over as text.
 */
export interface Page {
  on(event: "console", listener: (message: { text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  on(event: "request", listener: (request: { url(): string }) => void): void;
  goto(address: string): Promise<unknown>;
  title(): Promise<string>;
  evaluate(expression: string): Promise<unknown>;
  locator(selector: string): Locator;
  readonly keyboard: { press(key: string): Promise<void> };
  close(): Promise<void>;
}

interface Locator {
  first(): Locator;
  count(): Promise<number>;
  textContent(): Promise<string | null>;
  click(): Promise<void>;
}

export interface PageOptions {
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly javaScriptEnabled?: boolean;
  readonly bypassCSP?: boolean;
}

export interface Browser {
  newPage(options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: {
    launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<Browser>;
  };
}

const program = "/usr/bin/chromium";
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** Without the network that Chromium looks for by itself. */
export const launchOptions: { readonly executablePath: string; readonly args: string[] } = {
  executablePath: program,
  args: flags.split(" "),
};

/** In CI a browser may not be missing. */
export const hasBrowser: boolean = existsSync(program) || process.env["CI"] === "true";

export async function launched(): Promise<Browser> {
  const { chromium }: Playwright = createRequire(import.meta.url)("playwright-core");
  return await chromium.launch(launchOptions);
}
