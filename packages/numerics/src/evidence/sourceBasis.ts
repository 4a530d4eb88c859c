import type { RegularizationForm, VisitElement } from './regularizationForm.js';

/**
 * Variables z of the source in which F + H is factored.
 *
 * A regularization by differences leaves the mean of a connected component free: only F, and the tiny excess of H,
 * hold it. Beside couplings of c^2 both drown in the rounding of the sum F + H, and from about c = 1e6 on the log
 * evidence is wrong by whole units. So where H outweighs F, every component gets one variable for its level and
 * differences for the rest,
 *
 *   s_root = z_root,   s_i = z_root + z_i,   or s = B z with det B = 1:
 *
 * B^t (F + H) B is F + H but for the rows (and columns) of the roots, and in those H has cancelled but for its excess,
 * before anything was rounded. Determinant, s^t D and s^t (F + H) s stay the same, and the factorization is as exact
 * for c = 1e12 as for c = 1. Where F outweighs H, z = s: F alone may tell the pixels apart better than levels do.
 */
export interface SourceBasis {
  /** True where H outweighs F, so that levels and differences are used. */
  readonly levels: boolean;
  /**
   * Names the elements of B^t (F + H) B, on and below the diagonal, that differ from those of F + H. O(S^2).
   *
   * @param curvatureMatrix F (S, S), symmetric; the lower triangle is read
   */
  visitRoots(curvatureMatrix: Float64Array, visit: VisitElement): void;
  /** B^t b (S), written to `out` where it is given; that may be b itself. */
  project(b: Float64Array, out?: Float64Array): Float64Array;
  /** s = B z (S), and s less the level of its component, (S), without loss of digits. */
  sourceOf(z: Float64Array): { readonly source: Float64Array; readonly relative: Float64Array };
  /** s = B z in the place of z. */
  sourceIn(z: Float64Array): Float64Array;
}

/** The basis for F (S, S), symmetric of which the lower triangle is read, and H. */
export function sourceBasis(curvatureMatrix: Float64Array, regularization: RegularizationForm): SourceBasis {
  const { order, trace } = regularization;
  let curvature = 0;
  for (let i = 0; i < order; i++) curvature += curvatureMatrix[i * order + i];
  return trace > curvature ? levelsAndDifferences(regularization) : pixelBasis;
}

/** The variables of the source are its pixels. */
export const pixelBasis: SourceBasis = {
  levels: false,
  visitRoots: () => {},
  project(b, out = b) {
    if (out !== b) out.set(b);
    return out;
  },
  sourceOf: (z) => ({ source: z, relative: z }),
  sourceIn: (z) => z,
};

function levelsAndDifferences({ order, roots, excess }: RegularizationForm): SourceBasis {
  return {
    levels: true,
    visitRoots(curvatureMatrix, visit) {
      const columns = rootsWithOthers(roots);
      const place = new Int32Array(order).fill(-1);
      columns.forEach((root, at) => {
        place[root] = at;
      });
      const sums =
        columns.length === 1 && roots.every((root) => root === columns[0])
          ? sumsOfRows(curvatureMatrix, order)
          : sumsOfComponents(curvatureMatrix, roots, place, columns.length);
      for (const [a, root] of columns.entries()) {
        const totals = new Float64Array(columns.length);
        for (let j = 0; j < order; j++) {
          const b = place[roots[j]];
          const value = sums[a * order + j] + (roots[j] === root ? excess[j] : 0);
          if (b >= 0) totals[b] += value;
          if (place[j] < 0) visit(Math.max(root, j), Math.min(root, j), value);
        }
        for (let b = 0; b <= a; b++) visit(root, columns[b], totals[b]);
      }
    },
    project(b, out = new Float64Array(order)) {
      if (out !== b) out.set(b);
      for (let i = 0; i < order; i++) if (roots[i] !== i) out[roots[i]] += out[i];
      return out;
    },
    sourceOf(z) {
      const relative = z.map((value, i) => (roots[i] === i ? 0 : value));
      return { source: z.map((value, i) => (roots[i] === i ? value : z[roots[i]] + value)), relative };
    },
    sourceIn(z) {
      for (let i = 0; i < order; i++) if (roots[i] !== i) z[i] += z[roots[i]];
      return z;
    },
  };
}

/** The roots of components of two source pixels or more, rising: a single pixel is its own level already. */
function rootsWithOthers(roots: Int32Array): number[] {
  const shared = new Set<number>();
  roots.forEach((root, i) => {
    if (root !== i) shared.add(root);
  });
  return [...shared].sort((a, b) => a - b);
}

/** (A, S): element (a, j) is column j of F summed over component a. */
function sumsOfComponents(F: Float64Array, roots: Int32Array, place: Int32Array, components: number): Float64Array {
  const order = roots.length;
  const sums = new Float64Array(components * order);
  for (let i = 0; i < order; i++) {
    const toI = place[roots[i]];
    for (let j = 0; j < i; j++) {
      const element = F[i * order + j];
      const toJ = place[roots[j]];
      if (toI >= 0) sums[toI * order + j] += element;
      if (toJ >= 0) sums[toJ * order + i] += element;
    }
    if (toI >= 0) sums[toI * order + i] += F[i * order + i];
  }
  return sums;
}

/** The same, to the bit, where all is one component. */
function sumsOfRows(F: Float64Array, order: number): Float64Array {
  const sums = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let own = 0;
    for (let j = 0, at = i * order; j < i; j++, at++) {
      sums[j] += F[at];
      own += F[at];
    }
    sums[i] = own + F[i * order + i];
  }
  return sums;
}
