import { type GraphDerivatives, graphDerivatives, logDetOfGraph, slotsOf, type WeightedGraph } from '@wtilde/numerics';
import { pullFrame } from '../mesh/frame.js';
import type { FramedMesh } from '../mesh/framedMesh.js';
import { pullVoronoiAreas, voronoiAreas } from '../mesh/voronoiAreas.js';
import { scale } from './gaussianKernel.js';
import { pullGradientGraph, slotOf } from './gradientGraph.js';
import { coefficient, type MatrixPrior, type PriorDerivatives, regularizationKind } from './kind.js';
import { naturalOf } from './naturalOf.js';
import { dividedRowsOf, formOfRows, identityRows, type SparseRows, timesRows } from './sparseRows.js';

/**
 * A Gaussian process with a Matern correlation, as the solution of (kappa^2 - Laplacian)^((nu + 1) / 2) s = white noise on
 * the mesh: what `maternKernel` believes, without a covariance to invert.
 */
export const maternField = regularizationKind({
  doc: 'a Gaussian process with a Matern correlation of nu 1, 2 or 3, by differences on the mesh: maternKernel for the price of neighbours',
  formula:
    'H = coefficient K (A^-1 K)^nu / (4 pi nu kappa^(2 nu)), K = kappa^2 A + G, kappa = sqrt(2 nu) / scale, G the graph of gradient:1, A the Voronoi areas',
  source: 'Lindgren, Rue & Lindstrom 2011',
  needs: 'natural neighbours',
  parameters: {
    coefficient,
    scale,
    nu: { doc: 'how smooth the source is', minimum: 1, maximum: 3, whole: true, default: 2 },
  },
  prior: (values, mesh) => fieldPrior(values, naturalOf(mesh, 'maternField')),
});

/** Beside the mean area: a vertex without a cell of its own has the value of its neighbour. */
const leastArea = 1e-8;

function fieldPrior(
  { coefficient, scale, nu }: { readonly coefficient: number; readonly scale: number; readonly nu: number },
  { mesh, graph }: { readonly mesh: FramedMesh; readonly graph: WeightedGraph },
): MatrixPrior {
  const { order } = graph;
  const kappa2 = (2 * nu) / scale ** 2;
  const found = voronoiAreas(mesh);
  const least = (leastArea * found.reduce((sum, area) => sum + area, 0)) / order;
  const areas = found.map((area) => Math.max(area, least));
  const operator = { ...graph, diagonal: graph.diagonal.map((each, i) => each + kappa2 * areas[i]) };
  const powers = powersOf(dividedRowsOf(operator, areas), nu + 1);
  /** H = factor A M^(nu + 1), M = A^-1 K. */
  const factor = coefficient / (4 * Math.PI * nu * kappa2 ** nu);
  const logAreas = areas.reduce((sum, area) => sum + Math.log(area), 0);
  const matrix = symmetricOf(powers[nu + 1], areas, factor);
  return {
    matrix,
    logDet: order * Math.log(factor) + (nu + 1) * logDetOfGraph(operator) - nu * logAreas,
    pull(byMatrix, byLogDet = 0) {
      const ofOperator = graphDerivatives(operator);
      const { byWeights, byDiagonal, byAreas } = pullOperator(
        { graph, areas, powers, nu, factor, ofOperator },
        byMatrix,
        byLogDet,
      );
      const byKappa2 = byDiagonal.reduce((sum, each, i) => sum + each * areas[i], 0);
      const byLogFactor = byMatrix.reduce((sum, each, at) => sum + each * matrix[at], 0) + byLogDet * order;
      const sums = new Float64Array(mesh.points.data.length);
      pullGradientGraph(mesh, graph, byWeights, byDiagonal, sums);
      const through = byAreas.map((each, i) => (found[i] > least ? each + kappa2 * byDiagonal[i] : 0));
      pullVoronoiAreas(mesh, through, sums);
      pullFrame(mesh.frame, mesh.vertices, sums);
      return {
        parameters: {
          coefficient: byLogFactor / coefficient,
          scale: (2 * (nu * byLogFactor - kappa2 * byKappa2)) / scale,
        },
        vertices: sums.slice(0, 2 * order),
      } satisfies PriorDerivatives;
    },
  };
}

/** The powers of a matrix, from the 0th. */
function powersOf(matrix: SparseRows, highest: number): readonly SparseRows[] {
  const powers = [identityRows(matrix.order), matrix];
  while (powers.length <= highest) powers.push(timesRows(powers[powers.length - 1], matrix));
  return powers;
}

/** factor diag(areas) M, which is symmetric, dense. */
function symmetricOf(
  { order, starts, columns, values }: SparseRows,
  areas: Float64Array,
  factor: number,
): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let row = 0; row < order; row++) {
    const scaled = factor * areas[row];
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const column = columns[at];
      if (column > row) continue;
      matrix[row * order + column] = scaled * values[at];
      matrix[column * order + row] = scaled * values[at];
    }
  }
  return matrix;
}

interface Operator {
  readonly graph: WeightedGraph;
  readonly areas: Float64Array;
  readonly powers: readonly SparseRows[];
  readonly nu: number;
  readonly factor: number;
  /** Of log det K. */
  readonly ofOperator: GraphDerivatives;
}

/**
 * The derivatives by the weights and the diagonal of K, and by A where it divides. With M = A^-1 K, G = byMatrix:
 * by K they are factor sum over m = 0 ... nu of M^(nu - m) G (M^m)^t, of which entries of the graph count, and by A_i
 * -factor sum over m < nu of (M^(nu - m) G (M^(m + 1))^t)_ii.
 */
function pullOperator(
  { graph, areas, powers, nu, factor, ofOperator }: Operator,
  byMatrix: Float64Array,
  byLogDet: number,
) {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const byElement = (i: number, j: number) => {
    let sum = 0;
    for (let m = 0; m <= nu; m++) sum += formOfRows(powers[nu - m], i, byMatrix, powers[m], j);
    return factor * sum;
  };
  const onDiagonal = Float64Array.from({ length: order }, (_, i) => byElement(i, i));
  const ofLogDet = byLogDet * (nu + 1);
  const byWeights = new Float64Array(graph.weights.length);
  for (let i = 0; i < order; i++) {
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      const j = neighbors[slot];
      if (j > i) continue;
      const by = onDiagonal[i] + onDiagonal[j] - 2 * byElement(i, j) + ofLogDet * ofOperator.byWeights[slot];
      byWeights[slot] = by;
      byWeights[slotOf(graph, j, i)] = by;
    }
  }
  const byAreas = areas.map((area, i) => {
    let sum = 0;
    for (let m = 0; m < nu; m++) sum += formOfRows(powers[nu - m], i, byMatrix, powers[m + 1], i);
    return -factor * sum - (byLogDet * nu) / area;
  });
  return { byWeights, byDiagonal: onDiagonal.map((each, i) => each + ofLogDet * ofOperator.byDiagonal[i]), byAreas };
}
