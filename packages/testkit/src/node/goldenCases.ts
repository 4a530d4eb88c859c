/** What the golden files say about single kernels. */
import { findKernel, isRecord, type KernelDescriptor, type LooseResult, type NdArray } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { CheckFailed } from '../checkFailed.js';

/** A stored result and how to find it in what a kernel returns. */
export interface GoldenCase {
  /** The name of the stored array. */
  readonly name: string;
  readonly kernel: KernelDescriptor;
  readonly expected: NdArray;
  /** The entry of a record that it is, for terms of an evidence. */
  readonly entry?: string;
  /** The absolute difference that it is printed or trusted to; by the numeric class where left out. */
  readonly allowed?: number;
}

/** Kernels whose record has the terms of an evidence: the end of all routes, and one that has all of it. */
const records = ['evidenceTermsFrom', 'evidenceViaWCompactFrom'];

type Place = readonly [kernel: string, entry?: string];
const inRecords = (entry: string): readonly Place[] => records.map((kernel) => [kernel, entry]);

/** Terms of the evidence: the kernels that return them, and under which key. */
const terms: Readonly<Record<string, readonly Place[]>> = {
  chi_squared_0: [['chiSquared0From']],
  chi_squared: inRecords('chiSquared'),
  regularization: inRecords('regularizationTerm'),
  log_det_curvature_reg_matrix: inRecords('logDetCurvatureRegMatrix'),
  log_det_regularization_matrix: [
    ['logDetConstantRegularizationMatrixFrom'],
    ...inRecords('logDetRegularizationMatrix'),
  ],
};

/** Stored scalars of an evidence carry up to 7e-8 of their own dense float64 error. */
const evidenceAllowed = 1e-6;

/** Stored results that other stored results were computed from, and the argument that they are there. */
const inputs: Readonly<Record<string, string>> = {
  w_compact_curvature_interferometer_from: 'w_compact',
  w_tilde_curvature_interferometer_from: 'w_tilde',
  w_tilde_curvature_preload_interferometer_from: 'w_tilde_preload',
  mapping_matrix_from: 'mapping_matrix',
  data_vector_from: 'data_vector',
  curvature_matrix_via_w_compact_sparse_mapping_matrix_from: 'curvature_matrix',
  constant_regularization_matrix_from: 'regularization_matrix',
};

/** The inputs of a file: arrays `in.*`, and results that are inputs of other kernels, which are not stored twice. */
export function goldenFields(arrays: Fields): Fields {
  const entries = Object.entries(arrays).flatMap(([name, array]): [string, NdArray][] => {
    const [kind, rest] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
    if (kind === 'in') return [[rest, array]];
    return Object.hasOwn(inputs, rest) ? [[inputs[rest], array]] : [];
  });
  return Object.fromEntries(entries);
}

/** The cases of the arrays `out.*` of a file. */
export function goldenCases(arrays: Fields): readonly GoldenCase[] {
  return Object.entries(arrays).flatMap(([name, expected]): GoldenCase[] => {
    if (name.startsWith('out.term.')) return termCases(name, name.slice('out.term.'.length), expected);
    if (!name.startsWith('out.')) return [];
    const kernel = findKernel(name.slice('out.'.length));
    if (!kernel.name.startsWith('logLikelihood')) return [{ name, kernel, expected }];
    // The record from the same W has upstream's log likelihood.
    const record = findKernel(kernel.name.replace('logLikelihoodFunction', 'evidence'));
    const at = { expected, allowed: evidenceAllowed };
    return [
      { name, kernel, ...at },
      { name: `${name}, in a record`, kernel: record, entry: 'logEvidence', ...at },
    ];
  });
}

/** The part of a result that the case is about. */
export function partOf(result: LooseResult, { entry }: Pick<GoldenCase, 'entry'>): LooseResult {
  if (entry === undefined) return result;
  const part = isRecord(result) ? result[entry] : undefined;
  if (part === undefined) throw new CheckFailed(`the result has no entry ${entry}`);
  return part;
}

function termCases(name: string, term: string, expected: NdArray): GoldenCase[] {
  const found = Object.hasOwn(terms, term) ? terms[term] : undefined;
  if (found === undefined) throw new CheckFailed(`nothing is known of the stored term ${term}`);
  return found.map(([kernel, entry]) => {
    const at = { name: `${name} of ${kernel}`, kernel: findKernel(kernel), expected, allowed: evidenceAllowed };
    return entry === undefined ? at : { ...at, entry };
  });
}
