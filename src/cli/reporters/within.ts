import { formatDuration } from "../../model/units.js";

/**
 * What the call gives, or an error when that takes too long. It keeps the process alive meanwhile: a promise alone does not,
 * and Node would leave in the midst of it.
 */
export async function within<Value>(ms: number, call: () => Value | Promise<Value>): Promise<Value> {
  const { promise, reject } = withReject();
  const message = `it did not come to an end within ${formatDuration(ms)}`;
  const timer = setTimeout(() => reject(new Error(message)), ms);
  try {
    return await Promise.race([call(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

function withReject(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}
