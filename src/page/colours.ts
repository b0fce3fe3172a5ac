/** The colours of the scheme in use, by the names that the style gives them. */
export interface Colours {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly panel: string;
  readonly verdict: string;
  readonly band: string;
}

export function coloursOf(figure: HTMLElement, verdict: string): Colours {
  const style = getComputedStyle(figure);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"),
    quiet: of("quiet"),
    grid: of("grid"),
    panel: of("panel"),
    verdict: of(verdict),
    band: of(`${verdict}-band`),
  };
}
