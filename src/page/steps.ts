interface Cursor {
  readonly at: number | undefined;
  readonly length: number;
}

/** So many points for a page key. */
const pages = 10;

/** Where a key takes the cursor of a plot, as on a slider (ARIA Authoring Practices, "Slider"); undefined = nowhere. */
export function stepOf(key: string, { at, length }: Cursor): number | undefined {
  const page = Math.max(1, Math.round(length / pages));
  const moved: Readonly<Record<string, number>> = {
    ArrowLeft: (at ?? length) - 1,
    ArrowRight: (at ?? -1) + 1,
    PageUp: (at ?? length) - page,
    PageDown: (at ?? -1) + page,
    Home: 0,
    End: length - 1,
  };
  const to = moved[key];
  return to === undefined ? undefined : Math.min(length - 1, Math.max(0, to));
}
