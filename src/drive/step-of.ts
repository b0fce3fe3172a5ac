import type { Step } from "../model/scenario.js";

/** The step of one kind. */
export type StepOf<K extends Step["kind"]> = Extract<Step, { readonly kind: K }>;
