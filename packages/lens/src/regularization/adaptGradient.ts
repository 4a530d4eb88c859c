import { pullFrame } from '../mesh/frame.js';
import { adaptParameters, adaptWeights } from './adaptWeights.js';
import { pullGradientGraph } from './gradientGraph.js';
import { type GraphPrior, regularizationKind } from './kind.js';
import { naturalOf } from './naturalOf.js';
import { forEachSlot } from './neighborPrior.js';

/** `gradient` with slopes that are dearer where the source is dark: without jumps as the lens moves. */
export const adaptGradient = regularizationKind({
  doc: 'gradient with another coefficient where the source is bright: the same as gradient where both are equal',
  formula:
    's^t H s = integral w^2 |grad s|^2, w = innerCoefficient p + outerCoefficient (1 - p), s zero on the frame of the mesh',
  source: 'Nightingale, Dye & Massey 2018; Pinkall & Polthier 1993',
  needs: 'natural neighbours and an adapt image',
  parameters: adaptParameters,
  prior(values, regularized): GraphPrior {
    const { mesh, graph: unit } = naturalOf(regularized, 'adaptGradient');
    const weights = adaptWeights(values, 1, regularized, 'adaptGradient');
    const squares = weights.values.map((w) => w * w);
    /** Nothing is seen on the frame. */
    const outside = values.outerCoefficient ** 2;
    const onEdge = (pixel: number, neighbor: number) => (squares[pixel] + squares[neighbor]) / 2;
    const toFrame = (pixel: number) => (squares[pixel] + outside) / 2;
    const edges = new Float64Array(unit.weights.length);
    forEachSlot(unit, (slot, pixel, neighbor) => {
      edges[slot] = unit.weights[slot] * onEdge(pixel, neighbor);
    });
    const graph = { ...unit, weights: edges, diagonal: unit.diagonal.map((each, pixel) => each * toFrame(pixel)) };
    return {
      graph,
      pull(byWeights, byDiagonal) {
        const bySquares = byDiagonal.map((each, pixel) => (each * unit.diagonal[pixel]) / 2);
        const byOutside = bySquares.reduce((sum, each) => sum + each, 0);
        const byUnit = new Float64Array(byWeights.length);
        forEachSlot(unit, (slot, pixel, neighbor) => {
          byUnit[slot] = byWeights[slot] * onEdge(pixel, neighbor);
          bySquares[pixel] += (byWeights[slot] * unit.weights[slot]) / 2;
        });
        const { parameters, mapping } = weights.pull(bySquares.map((each, pixel) => 2 * each * weights.values[pixel]));
        const places = new Float64Array(mesh.points.data.length);
        const byUnitDiagonal = byDiagonal.map((each, pixel) => each * toFrame(pixel));
        pullGradientGraph(mesh, unit, byUnit, byUnitDiagonal, places);
        pullFrame(mesh.frame, mesh.vertices, places);
        const outerCoefficient = parameters.outerCoefficient + 2 * values.outerCoefficient * byOutside;
        return {
          parameters: { ...parameters, outerCoefficient },
          vertices: places.slice(0, 2 * unit.order),
          mapping,
        };
      },
    };
  },
});
