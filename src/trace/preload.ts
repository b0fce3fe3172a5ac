/**
 * Loaded into a Node target before its own code (`NODE_OPTIONS=--import …`): notes where what it holds was made, and
 * answers `globalThis[Symbol.for("watertight.trace")]()`, which the node probe asks. Opens nothing, prints nothing,
 * starts no timer. Workers are left alone: only the main thread is asked.
 */
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";
import { answer } from "./answer.js";
import { noteBuffers } from "./buffers.js";
import { noteFiles } from "./files.js";
import { noteNatives } from "./natives.js";
import { Places } from "./places.js";
import { noteResources } from "./resources.js";
import { noteTakers } from "./takers.js";

if (isMainThread) {
  const places = new Places();
  const traced = {
    files: noteFiles(places),
    natives: noteNatives(places),
    buffers: noteBuffers(places),
    resources: noteResources(places),
    takers: noteTakers(places),
  };
  syncBuiltinESMExports();
  const value = () => answer(places, traced);
  Object.defineProperty(globalThis, Symbol.for("watertight.trace"), { value });
}
