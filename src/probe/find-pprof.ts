import type { Clock } from "../model/clock.js";
import { httpGet } from "./http-get.js";
import { within } from "./limit.js";

const answerWithinMs = 1000;
const maxPageBytes = 256 * 1024;
const maxAsked = 16;

/**
 * The first of the origins (`http://127.0.0.1:6060`) that serves net/http/pprof at its usual path, as an endpoint with a
 * slash at the end. One request to each, at most 16.
 */
export async function findPprof(origins: readonly string[], clock: Clock): Promise<string | undefined> {
  for (const origin of origins.slice(0, maxAsked)) {
    const endpoint = `${origin}/debug/pprof/`;
    if (await isPprof(endpoint, clock)) return endpoint;
  }
  return undefined;
}

async function isPprof(url: string, clock: Clock): Promise<boolean> {
  try {
    const page = await within({ clock, ms: answerWithinMs }, (signal) =>
      httpGet({ url, maxBytes: maxPageBytes, signal, accept: "text/html" }),
    );
    return page.text.includes("/debug/pprof/") && page.text.includes("goroutine?debug=");
  } catch {
    return false;
  }
}

/** Where a scenario says pprof is: an endpoint with a slash at the end, or why it cannot be asked there. */
export type Place = { readonly endpoint: string } | { readonly refused: string };

/** `wanted` is a path on the target's port or a URL. Only this machine's loopback is asked. */
export function pprofPlace(wanted: string, port: number): Place {
  const base = `http://127.0.0.1:${port}`;
  if (!URL.canParse(wanted, base)) return { refused: `it is no URL; to fix it: ${example}` };
  const url = new URL(wanted, base);
  if (url.protocol !== "http:") return { refused: `only http: is spoken here; to fix it: ${example}` };
  if (!isLoopback(url.hostname)) {
    return { refused: `${url.hostname} is not on this machine's loopback; to fix it: ${example}` };
  }
  return { endpoint: `${url.origin}${url.pathname.replace(/\/*$/, "/")}` };
}

const example = "name a path on the target's port or a loopback URL, as in http://127.0.0.1:6060/debug/pprof";

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
