import type { NdArray } from '@wtilde/core-types';
import type { Evidence, Model, PreparedDataset } from '@wtilde/lens';

/** What figures are made of: an evidence and what it came from, and what is known besides. */
export interface Result {
  readonly prepared: PreparedDataset;
  readonly model: Model;
  readonly evidence: Evidence;
  /** (K, 2) in wavelengths: all baselines, or some where there are too many to draw. */
  readonly uvWavelengths?: NdArray<'real'> | undefined;
  /** Of the flux of a visibility. Default `Jy`. */
  readonly unit?: string | undefined;
  /** Where (0, 0) of the model is on the sky. */
  readonly position?: SkyPosition | undefined;
  readonly fit?: readonly FitStep[] | undefined;
  readonly posterior?: ParameterSamples | undefined;
}

/** In degrees, ICRS. */
export interface SkyPosition {
  readonly ra: number;
  readonly dec: number;
}

/** What a fit has found at some point of its way. */
export interface FitStep {
  /** Its number, from 1. */
  readonly evaluation: number;
  readonly logEvidence: number;
}

/** Samples of the parameters of a model. */
export interface ParameterSamples {
  /** Of the p parameters. */
  readonly names: readonly string[];
  /** (n, p) */
  readonly samples: NdArray<'real'>;
  /** (n) of any sum; all equal where there are none. */
  readonly weights?: NdArray<'real'> | undefined;
}

export const standardUnit = 'Jy';
