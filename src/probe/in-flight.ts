/**
 * Types of `process.getActiveResourcesInfo()` that are one-shot requests: work in flight that ends by
 * itself and passes by at random, not something that is held. What they work for (the socket, the open
 * file, the child) is seen under its own type or as a file descriptor.
 * Source: the classes derived from ReqWrap in Node's src/, as printed by Node 20.
 */
const inFlightTypes: ReadonlySet<string> = new Set([
  // A file operation, with a callback or a promise, and the close of a FileHandle.
  "FSReqCallback",
  "FSReqPromise",
  "CloseReq",
  // A look-up of a name or an address.
  "GetAddrInfoReqWrap",
  "GetNameInfoReqWrap",
  // A connect, a write, a shutdown, a datagram on its way.
  "ConnectWrap",
  "WriteWrap",
  "SimpleWriteWrap",
  "ShutdownWrap",
  "SimpleShutdownWrap",
  "SendWrap",
  // The next turn of the event loop.
  "Immediate",
]);

/** What is held, by type: the counts without the work in flight. */
export function heldOnly(active: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(active).filter(([type]) => !inFlightTypes.has(type)));
}
