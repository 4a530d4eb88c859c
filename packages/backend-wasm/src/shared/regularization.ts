/** The regularization of an evidence from the arguments of its kernel: H as a form, and its log determinant. */
import type { NdArray, Sizes } from '@wtilde/core-types';
import {
  constantGraph,
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
  type Scratch,
  type WeightedGraph,
  weightedGraphOf,
} from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';

interface Regularization {
  readonly form: RegularizationForm;
  readonly logDetRegularizationMatrix: number;
}

export interface RegularizationSource<A> {
  /** The arguments that it is made of. */
  readonly from: readonly string[];
  prepare(engine: Engine, args: A, sizes: Sizes, scratch?: Scratch): Regularization;
}

interface Lists {
  readonly neighbors: NdArray<'index'>;
  readonly neighborsSizes: NdArray<'index'>;
}

export const constantRegularization: RegularizationSource<Lists & { readonly coefficient: number }> = {
  from: ['coefficient', 'neighbors', 'neighborsSizes'],
  prepare(engine, { coefficient, neighbors, neighborsSizes }, { S }, scratch) {
    const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
    return ofGraph(engine, constantGraph(coefficient, graph), scratch);
  },
};

export const regularizationOfGraphArgs: RegularizationSource<
  Lists & { readonly weights: NdArray<'real'>; readonly diagonal: NdArray<'real'> }
> = {
  from: ['neighbors', 'neighborsSizes', 'weights', 'diagonal'],
  prepare: (engine, args, _sizes, scratch) => ofGraph(engine, weightedGraphOf(args), scratch),
};

export const regularizationOfMatrixArgs: RegularizationSource<{
  readonly regularizationMatrix: NdArray<'real'>;
  readonly logDetRegularizationMatrix: number;
}> = {
  from: ['regularizationMatrix', 'logDetRegularizationMatrix'],
  prepare: (_engine, { regularizationMatrix, logDetRegularizationMatrix }, { S }) => ({
    form: regularizationOfMatrix(S, regularizationMatrix.data),
    logDetRegularizationMatrix,
  }),
};

function ofGraph(engine: Engine, graph: WeightedGraph, scratch?: Scratch): Regularization {
  return {
    form: regularizationOfGraph(graph),
    logDetRegularizationMatrix: logDetWeightedGraph(engine, graph, scratch),
  };
}
