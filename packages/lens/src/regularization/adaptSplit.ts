import { adaptParameters, adaptWeights } from './adaptWeights.js';
import { brightnessZerothPrior } from './brightnessZeroth.js';
import { crossPrior } from './crossPrior.js';
import { type MatrixPrior, type RegularizedMesh, regularizationKind } from './kind.js';

const source = 'He et al. 2024';

/** Crosses with weights that follow an image, as `AdaptSplit` of PyAutoLens has it. */
export const adaptSplit = regularizationKind({
  doc: 'constantSplit with another coefficient where the source is bright; coefficients count to the 4th power',
  formula: 'constantSplit with w_i = (innerCoefficient p_i + outerCoefficient (1 - p_i))^2 for its coefficient',
  source,
  upstream: 'AdaptSplit',
  needs: 'triangles and an adapt image',
  parameters: adaptParameters,
  prior: (values, mesh) => adaptCrossPrior(values, 2, mesh, 'adaptSplit'),
});

/** The same with coefficients that mean what they do in `constantSplit`, which it is where both are equal. */
export const adaptSplitPower = regularizationKind({
  doc: 'as adaptSplit, with coefficients as constantSplit has them: the same as it where both are equal',
  formula: 'constantSplit with w_i = innerCoefficient p_i + outerCoefficient (1 - p_i) for its coefficient',
  source,
  upstream: 'AdaptSplitPower',
  needs: 'triangles and an adapt image',
  parameters: adaptParameters,
  prior: (values, mesh) => adaptCrossPrior(values, 1, mesh, 'adaptSplitPower'),
});

/** adaptSplit and brightnessZeroth. */
export const adaptSplitZeroth = regularizationKind({
  doc: 'adaptSplit, and dark source pixels are drawn towards zero: adaptSplit + brightnessZeroth',
  formula: 's^t H s = adaptSplit + sum (zerothCoefficient (1 - q_i))^2 s_i^2, q signals with zerothSignalScale',
  source,
  upstream: 'AdaptSplitZeroth',
  needs: 'triangles and an adapt image',
  parameters: {
    ...adaptParameters,
    zerothCoefficient: { doc: 'how strongly dark source pixels are drawn towards zero', minimum: 0 },
    zerothSignalScale: adaptParameters.signalScale,
  },
  prior: ({ zerothCoefficient, zerothSignalScale, ...adapt }, mesh) =>
    adaptCrossPrior(adapt, 2, mesh, 'adaptSplitZeroth', { zerothCoefficient, zerothSignalScale }),
});

function adaptCrossPrior(
  values: { readonly [Name in keyof typeof adaptParameters]: number },
  power: 1 | 2,
  mesh: RegularizedMesh,
  where: string,
  zeroth?: { readonly zerothCoefficient: number; readonly zerothSignalScale: number },
): MatrixPrior {
  const weights = adaptWeights(values, power, mesh, where);
  const toZero =
    zeroth === undefined
      ? undefined
      : brightnessZerothPrior({ coefficient: zeroth.zerothCoefficient, signalScale: zeroth.zerothSignalScale }, mesh);
  const cross = crossPrior(mesh, weights.values, where, toZero?.graph.diagonal);
  return {
    ...cross,
    pull(byMatrix, byLogDet) {
      const { weights: byWeights, diagonal, vertices } = cross.pull(byMatrix, byLogDet);
      const pulled = weights.pull(byWeights);
      const ofZero = toZero?.pull(new Float64Array(0), diagonal);
      if (ofZero === undefined) return { ...pulled, vertices };
      const { coefficient: zerothCoefficient, signalScale: zerothSignalScale } = ofZero.parameters;
      return {
        parameters: { ...pulled.parameters, zerothCoefficient, zerothSignalScale },
        mapping: pulled.mapping.map((each, entry) => each + ofZero.mapping[entry]),
        vertices,
      };
    },
  };
}
