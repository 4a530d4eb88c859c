import {
  type ArgumentValue,
  isHandle,
  isRecord,
  type KernelName,
  kernels,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  type Params,
  real,
  WtildeError,
} from '@wtilde/core-types';

/** Runs one kernel by name on host arrays. */
export type KernelCall = (kernel: KernelName, args: LooseArgs) => LooseResult;

/** One recipe to make an argument that no field holds, from other arguments. */
export interface Recipe {
  /** What it is made from, named and described as parameters are; each may be made in turn. */
  readonly needs: Params;
  make(args: LooseArgs, call: KernelCall): ArgumentValue;
}

const { params: evidenceParams } = kernels.evidenceTermsFrom;
const { params: regularizationParams } = kernels.constantRegularizationMatrixFrom;
const { params: visibilityParams } = kernels.dirtyImageInterferometerFrom;
const { dirtyImage, mappingMatrix } = kernels.dataVectorFrom.params;

/**
 * How arguments that are results are made where no field holds them, the preferred recipe first. An
 * argument without a recipe has to be a field.
 */
export const recipes: ReadonlyMap<string, readonly Recipe[]> = new Map([
  ['wCompact', [resultOf('wCompactCurvatureInterferometerFrom')]],
  [
    'wTilde',
    [resultOf('wTildeViaCompactFrom'), resultOf('wTildeViaPreloadFrom'), resultOf('wTildeCurvatureInterferometerFrom')],
  ],
  ['wTildePreload', [resultOf('wTildeCurvaturePreloadInterferometerFrom')]],
  ['curvaturePreload', [standIn('wTildePreload', kernels.wTildeViaPreloadFrom.params)]],
  ['mappingMatrix', [resultOf('mappingMatrixFrom')]],
  ['matrix', [standIn('mappingMatrix', { mappingMatrix })]],
  ['lostColumns', [columnsOfW()]],
  ['dirtyImage', [resultOf('dirtyImageInterferometerFrom')]],
  // Any image will do for the forward transform; the dirty image is one that always can be made.
  ['image', [standIn('dirtyImage', { dirtyImage })]],
  ['dataVector', [resultOf('dataVectorFrom')]],
  [
    'curvatureMatrix',
    [
      resultOf('curvatureMatrixViaWCompactSparseMappingMatrixFrom'),
      resultOf('curvatureMatrixViaWTildeSparseMappingMatrixFrom'),
    ],
  ],
  ['regularizationMatrix', [resultOf('constantRegularizationMatrixFrom')]],
  ['curvatureRegMatrix', [sumOfCurvatureAndRegularization()]],
  ['logDetRegularizationMatrix', [resultOf('logDetConstantRegularizationMatrixFrom')]],
  // The constant regularization as a weighted graph.
  ['weights', [constantWeights()]],
  ['diagonal', [constantDiagonal()]],
  ['reconstruction', [entryOf('evidenceDerivativesByGraphFrom', 'reconstruction')]],
  ['response', [entryOf('evidenceDerivativesByGraphFrom', 'response')]],
  ['curvatureRegMatrixInverse', [entryOf('evidenceDerivativesByGraphFrom', 'curvatureRegMatrixInverse')]],
  ['chiSquared0', [resultOf('chiSquared0From')]],
  ['noiseNormalization', [resultOf('noiseNormalizationComplexFrom')]],
  ['noiseMapReal', [realPartOf('noiseMap')]],
  ['visibilitiesReal', [realPartOf('data')]],
]);

/** Result names that files use beside the parameter's own. */
export const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ['wTildePreload', ['curvature_preload']],
  ['curvaturePreload', ['w_tilde_preload']],
]);

/**
 * Columns of W / sqrt(6 W_0): W - U U^t has no eigenvalue below half of that of W, since W e e^t W <= W e^t W e.
 */
function columnsOfW(): Recipe {
  const { wCompact, nativeIndexForSlimIndex } = kernels.wTildeViaCompactFrom.params;
  const count = 3;
  return {
    needs: { wCompact, nativeIndexForSlimIndex },
    make: (args) => {
      const table = array(args, 'wCompact');
      const at = array(args, 'nativeIndexForSlimIndex').data;
      const [N, width] = table.shape;
      const M = at.length / 2;
      const most = table.data[N - 1];
      const columns = Float64Array.from({ length: M * count }, (_, place) => {
        const [i, q] = [Math.floor(place / count), place % count];
        const j = Math.floor((M * (q + 0.5)) / count);
        const [down, right] = [at[2 * i] - at[2 * j], at[2 * i + 1] - at[2 * j + 1]];
        const element = table.data[Math.abs(down) * width + (down < 0 ? -right : right) + N - 1];
        return most > 0 ? element / Math.sqrt(2 * count * most) : 0;
      });
      return real(columns, [M, count]);
    },
  };
}

/** The result of a kernel, itself called with fields and results. */
function resultOf(kernel: KernelName): Recipe {
  return {
    needs: kernels[kernel].params,
    make: (args, call) => asArgument(call(kernel, args), kernel),
  };
}

/** An entry of the record that a kernel returns. */
function entryOf(kernel: KernelName, entry: string): Recipe {
  return {
    needs: kernels[kernel].params,
    make(args, call) {
      const record = call(kernel, args);
      if (isRecord(record)) return asArgument(record[entry], kernel);
      throw contract('the result is no record', kernel);
    },
  };
}

/** Another argument, under this name. */
function standIn<P extends Params>(name: string & keyof P, params: P): Recipe {
  return { needs: { [name]: params[name] }, make: (args) => given(args, name) };
}

/** F + H, from its definition. */
function sumOfCurvatureAndRegularization(): Recipe {
  const { curvatureMatrix, regularizationMatrix } = evidenceParams;
  return {
    needs: { curvatureMatrix, regularizationMatrix },
    make: (args) => {
      const F = array(args, 'curvatureMatrix');
      const H = array(args, 'regularizationMatrix');
      if (F.data.length !== H.data.length) {
        throw new WtildeError('ShapeMismatch', {
          what: 'F and H have different sizes, so they cannot be added',
          where: 'curvatureRegMatrix',
          expected: `[${F.shape.join(', ')}] as the curvature matrix`,
          actual: `[${H.shape.join(', ')}] for the regularization matrix`,
          remedy: 'pass a mapping and neighbours of the same source pixels',
        });
      }
      return real(
        Float64Array.from(F.data, (value, at) => value + H.data[at]),
        F.shape,
      );
    },
  };
}

/** c^2 for every edge. */
function constantWeights(): Recipe {
  const { coefficient, neighbors } = regularizationParams;
  return {
    needs: { coefficient, neighbors },
    make: (args) => {
      const { shape } = array(args, 'neighbors');
      const weight = Number(given(args, 'coefficient')) ** 2;
      return real(new Float64Array(shape[0] * shape[1]).fill(weight), shape);
    },
  };
}

/** The ridge that keeps the constant regularization from being singular. */
function constantDiagonal(): Recipe {
  const { neighborsSizes } = regularizationParams;
  return {
    needs: { neighborsSizes },
    make: (args) => real(new Float64Array(array(args, 'neighborsSizes').shape[0]).fill(1e-8)),
  };
}

/** n_k = Re(noiseMap_k), v_k = Re(data_k). */
function realPartOf(name: 'data' | 'noiseMap'): Recipe {
  return {
    needs: { [name]: visibilityParams[name] },
    make: (args) => {
      const { data, shape } = array(args, name);
      return real(
        Float64Array.from({ length: data.length / 2 }, (_, k) => data[2 * k]),
        shape,
      );
    },
  };
}

function given(args: LooseArgs, name: string): ArgumentValue {
  const value = args[name];
  if (value !== undefined) return value;
  throw contract(`${name} was not made`, name);
}

function array(args: LooseArgs, name: string): NdArray {
  const value = given(args, name);
  if (typeof value === 'object' && 'data' in value) return value;
  throw contract(`${name} is not an array on the host`, name);
}

function asArgument(result: LooseResult, kernel: string): ArgumentValue {
  if (!isRecord(result) && !isHandle(result)) return result;
  throw contract('the result is not an array on the host or a number', kernel);
}

function contract(what: string, where: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what,
    where,
    remedy: 'pass a call that returns what the kernel is described to return, on the host',
  });
}
