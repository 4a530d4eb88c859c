import { adaptParameters } from './adaptWeights.js';
import { type RegularizedMesh, regularizationKind } from './kind.js';
import { diagonalGraph } from './neighborPrior.js';
import { pixelSignals } from './pixelSignals.js';

/**
 * Dark pixels are drawn towards zero. The brightest pixel has nothing to hold it, so that H is singular and has no
 * evidence of its own: it is a part of `adaptSplitZeroth`.
 */
export const brightnessZeroth = regularizationKind({
  doc: 'dark source pixels are drawn towards zero; singular, for the brightest is free: use adaptSplitZeroth',
  formula: 's^t H s = sum (coefficient (1 - p_i))^2 s_i^2',
  source: 'Nightingale et al. 2021',
  upstream: 'BrightnessZeroth',
  needs: 'an adapt image',
  parameters: {
    coefficient: { doc: 'how strongly dark source pixels are drawn towards zero', minimum: 0 },
    signalScale: adaptParameters.signalScale,
  },
  prior: brightnessZerothPrior,
});

/** H = diag((coefficient (1 - p))^2). */
export function brightnessZerothPrior(
  { coefficient, signalScale }: { readonly coefficient: number; readonly signalScale: number },
  mesh: RegularizedMesh,
) {
  const signals = pixelSignals(mesh, signalScale, 'brightnessZeroth');
  const gap = signals.values.map((p) => 1 - p);
  return {
    graph: diagonalGraph(mesh, (pixel) => (coefficient * gap[pixel]) ** 2),
    pull(_: Float64Array, byDiagonal: Float64Array) {
      const { signalScale: byScale, mapping } = signals.pull(
        byDiagonal.map((each, pixel) => -2 * each * coefficient * coefficient * gap[pixel]),
      );
      const byCoefficient = byDiagonal.reduce((sum, each, pixel) => sum + 2 * each * coefficient * gap[pixel] ** 2, 0);
      return { parameters: { coefficient: byCoefficient, signalScale: byScale }, mapping };
    },
  };
}
