import type { PlotData } from "../report/html/plot-data.js";
import type { View } from "./curves.js";

/** What can be chosen of a plot: over what it is drawn, and whether with the looks under load. */
export function addControls(box: HTMLElement, plot: PlotData, onChange: (view: View) => void): void {
  const isWatch = plot.counts === "seconds";
  if (isWatch && !plot.looks) return;
  const looks = plot.looks ? checkbox(`under load: ${plot.looks.name}`) : undefined;
  const time = isWatch ? undefined : choice("over time", plot);
  const operations = isWatch ? undefined : choice("over operations", plot);
  if (operations) operations.input.checked = true;
  const change = (): void => {
    const isOverTime = time ? time.input.checked : true;
    if (looks) looks.label.hidden = !isOverTime;
    onChange({ over: isOverTime ? "time" : "operations", showsLooks: looks?.input.checked ?? false });
  };
  if (looks && time) looks.label.hidden = true;
  for (const one of [operations, time, looks]) {
    if (!one) continue;
    one.input.addEventListener("change", change);
    box.append(one.label);
  }
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `How ${plot.name} are drawn`);
  box.hidden = false;
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

const checkbox = (text: string): Control => control("checkbox", text);

let choices = 0;

/** Two of one plot are made one after the other. */
function choice(text: string, plot: PlotData): Control {
  const made = control("radio", text);
  made.input.name = `over-${plot.id}-${choices++ >> 1}`;
  return made;
}
