import uPlot from "uplot";
import type { PlotData } from "../report/html/plot-data.js";
import { coloursOf } from "./colours.js";
import { addControls } from "./controls.js";
import { curvesOf, placesOf, type View } from "./curves.js";
import { optionsOf } from "./options.js";
import { readout } from "./readout.js";
import { stepOf } from "./steps.js";

const narrowest = 200;

/** A plot that answers to pointer and keys, in the place of the drawing that the page came with. */
export class LivePlot {
  readonly #figure: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #readout: HTMLElement;
  readonly #plot: PlotData;
  #view: View = { over: "operations", showsLooks: false };
  #drawn: uPlot | undefined;
  /** The point that the cursor is at; undefined = none yet. */
  #at: number | undefined;

  constructor(figure: HTMLElement, plot: PlotData) {
    this.#figure = figure;
    this.#plot = plot;
    this.#stage = required(figure, ".stage");
    this.#readout = required(figure, ".readout");
    if (plot.counts === "seconds") this.#view = { over: "time", showsLooks: false };
    addControls(required(figure, ".controls"), plot, (view) => {
      this.#view = view;
      this.draw();
    });
    this.#takeKeys();
    this.draw();
    figure.classList.add("live");
    new ResizeObserver(() => this.#fit()).observe(this.#stage);
  }

  /** Anew, in the colours and the view of now. */
  draw(): void {
    this.#drawn?.destroy();
    const look = {
      view: this.#view,
      colours: coloursOf(this.#figure, this.#plot.verdict),
      width: this.#width(),
      onCursor: (drawn: uPlot) => this.#follow(drawn),
    };
    this.#drawn = new uPlot(optionsOf(this.#plot, look), curvesOf(this.#plot, this.#view), this.#stage);
    this.#drawn.over.append(marker());
  }

  #width(): number {
    return Math.max(narrowest, Math.floor(this.#stage.clientWidth));
  }

  #fit(): void {
    const width = this.#width();
    if (this.#drawn && this.#drawn.width !== width)
      this.#drawn.setSize({ width, height: this.#drawn.height });
  }

  #takeKeys(): void {
    this.#stage.tabIndex = 0;
    this.#stage.setAttribute("role", "application");
    this.#stage.setAttribute("aria-label", `Plot of ${this.#plot.name}: arrow keys move along the batches`);
    this.#stage.addEventListener("keydown", (event) => {
      const to = stepOf(event.key, { at: this.#at, length: this.#plot.value.length });
      if (to === undefined) return;
      event.preventDefault();
      this.#tell(to);
    });
  }

  /** The pointer moved: the nearest point is told. */
  #follow(drawn: uPlot): void {
    const { left } = drawn.cursor;
    if (left === undefined || left < 0) return;
    const wanted = drawn.posToVal(left, "x");
    this.#tell(nearest(placesOf(this.#plot, this.#view.over), wanted));
  }

  #tell(index: number): void {
    this.#at = index;
    this.#readout.textContent = readout(this.#plot, index);
    const drawn = this.#drawn;
    const dot = this.#stage.querySelector<HTMLElement>(".at");
    if (!drawn || !dot) return;
    const x = drawn.valToPos(placesOf(this.#plot, this.#view.over)[index] ?? 0, "x");
    const y = drawn.valToPos(this.#plot.value[index] ?? 0, "y");
    dot.hidden = false;
    dot.style.transform = `translate(${x}px, ${y}px)`;
  }
}

function marker(): HTMLElement {
  const dot = document.createElement("div");
  dot.className = "at";
  dot.hidden = true;
  return dot;
}

function required(figure: HTMLElement, selector: string): HTMLElement {
  const found = figure.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector} in a plot`);
  return found;
}

/** In a list in order. */
function nearest(places: readonly number[], wanted: number): number {
  let [low, high] = [0, places.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < wanted) low = middle;
    else high = middle;
  }
  return wanted - (places[low] ?? 0) < (places[high] ?? 0) - wanted ? low : high;
}
