import type { PlotData } from "../report/html/plot-data.js";
import type { View } from "./curves.js";

/**
 * What can be chosen of a plot: over what it is drawn, and over time with the looks under load. A watch counts seconds,
 * so it is over time in any case.
 */
export function addControls(box: HTMLElement, plot: PlotData, onChange: (view: View) => void): void {
  const [operations, time] = plot.counts === "seconds" ? [] : choices(plot);
  const looks = plot.looks ? control("checkbox", `under load: ${plot.looks.name}`) : undefined;
  const isOverTime = (): boolean => time?.input.checked ?? true;
  const change = (): void => {
    if (looks) looks.label.hidden = !isOverTime();
    onChange({ over: isOverTime() ? "time" : "operations", showsLooks: looks?.input.checked ?? false });
  };
  if (looks) looks.label.hidden = !isOverTime();
  const controls = [operations, time, looks].filter((one) => one !== undefined);
  for (const { input, label } of controls) {
    input.addEventListener("change", change);
    box.append(label);
  }
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `How ${plot.name} are drawn`);
  box.hidden = controls.length === 0;
}

interface Control {
  readonly label: HTMLLabelElement;
  readonly input: HTMLInputElement;
}

function control(type: string, text: string): Control {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = type;
  label.append(input, ` ${text}`);
  return { label, input };
}

/** The same resource may be drawn for several runs. */
let groups = 0;

function choices({ id }: PlotData): [operations: Control, time: Control] {
  const both: [Control, Control] = [control("radio", "over operations"), control("radio", "over time")];
  const group = `over-${id}-${groups++}`;
  for (const { input } of both) input.name = group;
  both[0].input.checked = true;
  return both;
}
