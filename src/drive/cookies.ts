/** A jar past this takes no more (RFC 6265, section 6.1, asks for 50 of a host at least). */
const mostCookies = 100;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * The cookies of one session, which talks to one host: name, value, path and expiry as RFC 6265 has them. Domain is
 * of no matter there, and Secure is for a network that can be listened to.
 */
export class Cookies {
  readonly #jar = new Map<string, Cookie>();

  /**
   * Takes in the Set-Cookie fields of an answer.
   * @param path of the request, for cookies that name none
   */
  take(fields: readonly string[] | undefined, path: string, nowMs: number): void {
    for (const field of fields ?? []) this.#set(field, path, nowMs);
  }

  /** The Cookie header of a request; undefined where there is none. */
  headerFor(path: string): string | undefined {
    if (this.#jar.size === 0) return undefined;
    const pathname = path.replace(/[?#].*$/, "");
    const sent = [...this.#jar.values()]
      .filter((cookie) => isUnder(pathname, cookie.path))
      .toSorted((a, b) => b.path.length - a.path.length);
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  #set(field: string, requestPath: string, nowMs: number): void {
    const [pair = "", ...rest] = field.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at < 1 || name === "") return;
    const attributes = attributesOf(rest);
    const wanted = attributes.get("path");
    const path = wanted?.startsWith("/") ? wanted : defaultPath(requestPath);
    const key = `${name};${path}`;
    this.#jar.delete(key);
    if (isOver(attributes, nowMs) || this.#jar.size >= mostCookies) return;
    this.#jar.set(key, { name, value: pair.slice(at + 1).trim(), path });
  }
}

/** Of several with one name the last counts. */
function attributesOf(parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    parts.map((part) => {
      const [name = "", ...value] = part.split("=");
      return [name.trim().toLowerCase(), value.join("=").trim()];
    }),
  );
}

/** Max-Age comes before Expires. */
function isOver(attributes: ReadonlyMap<string, string>, nowMs: number): boolean {
  const maxAge = attributes.get("max-age");
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  const expires = attributes.get("expires");
  return expires !== undefined && Date.parse(expires) <= nowMs;
}

/** RFC 6265, section 5.1.4. */
function defaultPath(path: string): string {
  const last = path.replace(/[?#].*$/, "").lastIndexOf("/");
  return last <= 0 ? "/" : path.slice(0, last);
}

function isUnder(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  return folder.endsWith("/") || path.length === folder.length || path[folder.length] === "/";
}
