type Call = (...args: unknown[]) => unknown;

/**
 * Puts `wrap(original)` in the place of a function of a module or an object, with the same name, length and symbols,
 * so that `util.promisify` and the like see no difference. Leaves what is not a function, or cannot be replaced.
 *
 * @param wrap gets a function that calls the original with the `this` of the caller.
 */
export function replace(
  owner: object,
  name: string,
  wrap: (call: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => unknown,
): void {
  const original: unknown = Reflect.get(owner, name);
  if (!isCall(original)) return;
  const inner = wrap((self, args) => Reflect.apply(original, self, args));
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    return inner(this, args);
  };
  try {
    Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
    Reflect.set(owner, name, replacement);
  } catch {
    // Frozen, or made of what cannot be copied: then it stays untraced.
  }
}

function isCall(value: unknown): value is Call {
  return typeof value === "function";
}
