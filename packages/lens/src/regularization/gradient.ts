import { coefficient, regularizationKind } from './kind.js';
import { naturalOf } from './naturalOf.js';
import { byEdges, byPixels } from './neighborPrior.js';

/** Towards a source without slope: depends neither on the size nor on the density of the mesh. */
export const gradient = regularizationKind({
  doc: 'the source is drawn towards one without slope, whatever the density of the mesh',
  formula: 's^t H s = coefficient^2 integral |grad s|^2, s zero on the frame of the mesh',
  source: 'Pinkall & Polthier 1993',
  needs: 'natural neighbours',
  parameters: { coefficient },
  prior({ coefficient }, mesh) {
    const unit = naturalOf(mesh, 'gradient').graph;
    const scaled = (values: Float64Array) => values.map((value) => coefficient * coefficient * value);
    const graph = { ...unit, weights: scaled(unit.weights), diagonal: scaled(unit.diagonal) };
    // By the places it goes through the frame, which the adjoint of the mapper knows: see naturalAdjoint.
    return {
      graph,
      pull: (byWeights: Float64Array, byDiagonal: Float64Array) => ({
        parameters: { coefficient: (2 / coefficient) * (byEdges(graph, byWeights) + byPixels(graph, byDiagonal)) },
      }),
    };
  },
});
