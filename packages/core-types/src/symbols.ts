/** The letters of shapes: the one table that sizes, errors, tests and documentation read. */

export interface SymbolFacts {
  /** What it counts. */
  readonly doc: string;
  /** The least that makes sense: without source pixels or an image there is nothing to compute. */
  readonly least: 0 | 1;
}

/** A kernel takes its letters from here; one that counts something new adds a line. */
export const symbols = {
  K: { doc: 'visibilities', least: 0 },
  M: { doc: 'image pixels inside the mask', least: 0 },
  Msub: { doc: 'sub-pixels of the image pixels inside the mask', least: 0 },
  N: { doc: 'rows, and columns, of the square around the mask', least: 1 },
  Ny: { doc: 'rows of an image, or of the rectangle around its mask', least: 1 },
  Nx: { doc: 'columns of an image, or of the rectangle around its mask', least: 1 },
  Gy: { doc: 'rows of the grid over the whole image', least: 0 },
  Gx: { doc: 'columns of the grid over the whole image', least: 0 },
  S: { doc: 'source pixels', least: 1 },
  S2: { doc: 'columns of a matrix that is multiplied from the left', least: 0 },
  B: { doc: 'source pixels that an image pixel can map to', least: 0 },
  P: { doc: 'neighbours that a source pixel can have', least: 0 },
  Q: { doc: 'columns that W loses', least: 0 },
} satisfies Readonly<Record<string, SymbolFacts>>;

/** What is known of a symbol; of one that is not in the table only that it counts something. */
export function symbolFacts(symbol: string): SymbolFacts {
  const known: Readonly<Record<string, SymbolFacts | undefined>> = symbols;
  return (Object.hasOwn(known, symbol) ? known[symbol] : undefined) ?? { doc: 'a size of its own', least: 0 };
}
