// Re-enacts "5. Scanner Buffer Leak", stderr handling: the scanner waits on a pipe that does not close, with its
// 64 KiB buffer.
import type { Readable } from "node:stream";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const scanner: PlantDefinition = {
  description: "a reader of stderr that never ends and keeps its buffer, per agent on pipes",
  defaultRate: 1,
  grow,
};

const bufferBytes = 64 * 1024;

function grow(soil: Soil): Plant {
  const scanners: Scanner[] = [];
  return {
    onErrorStream(session, stream) {
      if (!soil.leaks()) return;
      scanners.push(new Scanner(stream));
      soil.report(session, "a scanner of stderr");
    },
    uproot() {
      for (const scanner of scanners.splice(0)) scanner.end();
    },
  };
}

/** Holds a stream open against everybody who would destroy it. */
class Scanner {
  readonly #stream: Readable;
  readonly #buffer = Buffer.alloc(bufferBytes, "\n");

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.destroy = () => stream;
    stream.on("data", (chunk: Buffer) => void chunk.copy(this.#buffer));
    stream.pause();
  }

  end(): void {
    Reflect.deleteProperty(this.#stream, "destroy");
    this.#stream.destroy();
  }
}
