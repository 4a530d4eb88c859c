import type { RegularizedMesh } from './kind.js';
import { pixelSignals } from './pixelSignals.js';

/** The parameters that every adaptive scheme has. */
export const adaptParameters = {
  innerCoefficient: { doc: 'how strongly the brightest source pixels are regularized', above: 0 },
  outerCoefficient: { doc: 'how strongly dark source pixels are regularized', above: 0 },
  signalScale: { doc: 'power of the signals: how fast bright turns into dark', minimum: 0, default: 1 },
} as const;

/** A weight for every source pixel, and the way back from derivatives by them. */
export interface AdaptWeights {
  /** (S) above 0. */
  readonly values: Float64Array;
  pull(byWeights: Float64Array): {
    readonly parameters: Readonly<Record<string, number>>;
    readonly mapping: Float64Array;
  };
}

/** (innerCoefficient p + outerCoefficient (1 - p))^power with the signals p of the source pixels. */
export function adaptWeights(
  values: { readonly [Name in keyof typeof adaptParameters]: number },
  power: 1 | 2,
  mesh: RegularizedMesh,
  where: string,
): AdaptWeights {
  const { innerCoefficient, outerCoefficient, signalScale } = values;
  const signals = pixelSignals(mesh, signalScale, where);
  const mixed = signals.values.map((p) => innerCoefficient * p + outerCoefficient * (1 - p));
  return {
    values: mixed.map((coefficient) => coefficient ** power),
    pull(byWeights) {
      const byMixed = byWeights.map((each, pixel) => each * power * mixed[pixel] ** (power - 1));
      const { mapping, ...rest } = signals.pull(byMixed.map((each) => each * (innerCoefficient - outerCoefficient)));
      return {
        parameters: {
          innerCoefficient: byMixed.reduce((sum, each, pixel) => sum + each * signals.values[pixel], 0),
          outerCoefficient: byMixed.reduce((sum, each, pixel) => sum + each * (1 - signals.values[pixel]), 0),
          ...rest,
        },
        mapping,
      };
    },
  };
}
