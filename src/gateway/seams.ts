import { type PlantName, plants } from "./plants/index.js";
import type { Plant, PlantedRun, PlantedSession } from "./plants/plant.js";
import { leaksAt } from "./plants/rate.js";

export interface SeamsOptions {
  readonly chosen: readonly { readonly name: PlantName; readonly rate: number }[];
  readonly folder: string;
  readonly indexEveryMs: number;
  readonly log: (line: string) => void;
}

/** The places where the chosen plants hook in; with none chosen every one of them does nothing. */
export class Seams {
  readonly #plants: readonly Plant[];

  constructor(options: SeamsOptions) {
    this.#plants = options.chosen.map(({ name, rate }) =>
      plants[name].grow({
        leaks: leaksAt(rate),
        report: ({ id, port }, what) => options.log(`plant ${name}: session=${id} port=${port} ${what}`),
        folder: options.folder,
        indexEveryMs: options.indexEveryMs,
      }),
    );
  }

  connected(session: PlantedSession): void {
    for (const plant of this.#plants) plant.onConnect?.(session);
  }

  searched(session: PlantedSession): void {
    for (const plant of this.#plants) plant.onSearch?.(session);
  }

  runStarted(session: PlantedSession, run: Pick<PlantedRun, "pid" | "pty">): void {
    for (const plant of this.#plants) plant.onRunStart?.(session, run);
  }

  runEnded(session: PlantedSession, run: PlantedRun): void {
    for (const plant of this.#plants) plant.onRunEnd?.(session, run);
  }

  keepAgent(session: PlantedSession, pid: number): boolean {
    return this.#plants.some((plant) => plant.keepsAgent?.(session, pid) === true);
  }

  keepSocket(session: PlantedSession): boolean {
    return this.#plants.some((plant) => plant.keepsSocket?.(session) === true);
  }

  /** Lets go of all that the plants hold. */
  uproot(): void {
    for (const plant of this.#plants) plant.uproot();
  }
}
