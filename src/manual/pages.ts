import type { Page } from "../model/manual.js";
import { criterionPages } from "./criteria.js";
import { exitCodePages } from "./exit-codes.js";
import { findingPages } from "./findings.js";
import { notePages } from "./notes.js";
import { resourcePages } from "./resources.js";
import { shapePages } from "./shapes.js";
import { verdictPages } from "./verdicts.js";
import { wordPages } from "./words.js";

/** The manual. Where a text fits the patterns of several pages, the first of them is meant. */
export const pages: readonly Page[] = [
  ...criterionPages,
  ...verdictPages,
  ...exitCodePages,
  ...shapePages,
  ...notePages,
  ...resourcePages,
  ...findingPages,
  ...wordPages,
];
