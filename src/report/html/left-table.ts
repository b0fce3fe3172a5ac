import type { LeavingOperation } from "../../model/finding.js";
import type { RunRecord } from "../../model/record.js";
import type { ProcessEntry } from "../../model/resource.js";
import type { ScenarioResult } from "../../model/verdict.js";
import { someOf } from "../wrapped.js";
import { html, type Markup } from "./markup.js";
import { table } from "./table.js";
import { theirs } from "./theirs.js";

const mostLeft = 4;
const mostRows = 100;

/** Which operation left what, as far as that is known, and what outlived the stop. */
export function leftTables({ findings }: ScenarioResult, { stop }: RunRecord): Markup | undefined {
  const operations = findings.flatMap(({ by }) => by?.examples ?? []);
  const survivors = stop?.survivors ?? [];
  if (operations.length === 0 && survivors.length === 0) return undefined;
  return html`${operations.length > 0 ? operationsTable(operations) : undefined}${survivors.length > 0 ? survivorsTable(survivors) : undefined}`;
}

function operationsTable(operations: readonly LeavingOperation[]): Markup {
  return table(
    operations.slice(0, mostRows),
    [
      { title: "operation", cell: ({ operation }) => operation },
      { title: "flow", cell: ({ flow }) => theirs(flow) },
      { title: "batch", cell: ({ batch }) => batch, isNumber: true },
      { title: "step", cell: ({ step }) => (step === undefined ? "–" : theirs(step)) },
      { title: "left", cell: ({ left }) => theirs(someOf(left, mostLeft)), isLong: true },
      { title: "how sure", cell: ({ sureness }) => sureness },
      { title: "why", cell: ({ because }) => theirs(because), isLong: true },
    ],
    {
      caption: "Examples of operations that left something, the surest first",
      label: "Left by operation, scrolls sideways",
    },
  );
}

function survivorsTable(survivors: readonly ProcessEntry[]): Markup {
  return table(
    survivors.slice(0, mostRows),
    [
      { title: "pid", cell: ({ pid }) => pid },
      { title: "command", cell: ({ command, name }) => theirs(command || `[${name}]`), isLong: true },
      { title: "state", cell: ({ state }) => theirs(state) },
      { title: "of operation", cell: ({ mark }) => mark?.operation ?? "–", isNumber: true },
    ],
    {
      caption: `Alive after the stop signal and its grace${survivors.length > mostRows ? `: ${mostRows} of ${survivors.length}` : ""}`,
      label: "Alive after the stop, scrolls sideways",
    },
  );
}
