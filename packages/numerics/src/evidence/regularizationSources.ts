/** The regularization of an evidence from the arguments of its kernel: H as a form, and its log determinant. */
import type { NdArray, Sizes } from '@wtilde/core-types';
import type { Scratch } from '../scratch.js';
import { constantGraph } from './constantRegularization.js';
import { type RegularizationForm, regularizationOfGraph, regularizationOfMatrix } from './regularizationForm.js';
import { type WeightedGraph, weightedGraphOf } from './weightedGraph.js';

interface Regularization {
  readonly form: RegularizationForm;
  readonly logDetRegularizationMatrix: number;
}

export interface RegularizationSource<A> {
  /** The arguments that it is made of. */
  readonly from: readonly string[];
  prepare(args: A, sizes: Sizes, scratch?: Scratch): Regularization;
}

interface Lists {
  readonly neighbors: NdArray<'index'>;
  readonly neighborsSizes: NdArray<'index'>;
}

type ConstantArgs = Lists & { readonly coefficient: number };

type GraphArgs = Lists & { readonly weights: NdArray<'real'>; readonly diagonal: NdArray<'real'> };

interface MatrixArgs {
  readonly regularizationMatrix: NdArray<'real'>;
  readonly logDetRegularizationMatrix: number;
}

export interface RegularizationSources {
  readonly constant: RegularizationSource<ConstantArgs>;
  readonly ofGraph: RegularizationSource<GraphArgs>;
  readonly ofMatrix: RegularizationSource<MatrixArgs>;
}

/** @param logDet log det of the matrix of a weighted graph, as the backend makes it. */
export function regularizationSources(
  logDet: (graph: WeightedGraph, scratch?: Scratch) => number,
): RegularizationSources {
  const made = (graph: WeightedGraph, scratch?: Scratch): Regularization => ({
    form: regularizationOfGraph(graph),
    logDetRegularizationMatrix: logDet(graph, scratch),
  });
  return {
    constant: {
      from: ['coefficient', 'neighbors', 'neighborsSizes'],
      prepare({ coefficient, neighbors, neighborsSizes }, { S }, scratch) {
        const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
        return made(constantGraph(coefficient, graph), scratch);
      },
    },
    ofGraph: {
      from: ['neighbors', 'neighborsSizes', 'weights', 'diagonal'],
      prepare: (args, _sizes, scratch) => made(weightedGraphOf(args), scratch),
    },
    ofMatrix: {
      from: ['regularizationMatrix', 'logDetRegularizationMatrix'],
      prepare: ({ regularizationMatrix, logDetRegularizationMatrix }, { S }) => ({
        form: regularizationOfMatrix(S, regularizationMatrix.data),
        logDetRegularizationMatrix,
      }),
    },
  };
}
