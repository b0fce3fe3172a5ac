/*! With uPlot, (c) 2022 Leon Sorokin, MIT License: https://github.com/leeoniya/uPlot/blob/master/LICENSE */
import type { PlotData } from "../report/html/plot-data.js";
import { offerCopies } from "./copies.js";
import { LivePlot } from "./live-plot.js";

/** Brings the page to life: copying commands, and plots that answer to pointer and keys. Without it all can be read. */
function start(): void {
  offerCopies(document);
  const text = document.querySelector("#data")?.textContent ?? "[]";
  const plots: readonly PlotData[] = JSON.parse(text);
  const figures = [...document.querySelectorAll<HTMLElement>("figure[data-plot]")];
  const live: LivePlot[] = [];
  // Drawn when they come near: a page of many runs is there at once.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const plot = plots[Number(target.getAttribute("data-plot"))];
        if (!isIntersecting || !plot || !(target instanceof HTMLElement)) continue;
        near.unobserve(target);
        live.push(new LivePlot(target, plot));
      }
    },
    { rootMargin: "300px" },
  );
  for (const figure of figures) near.observe(figure);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => live.forEach((plot) => plot.draw()));
}

start();
