import type { Backend } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import { circularMask, createInversion, type Model, simulateVisibilities } from '@wtilde/lens';
import { medianOf } from '../statistics.js';
import type { FitProblem } from './problems.js';

/** Milliseconds of the evidences of a fit. */
export interface FitTimes {
  readonly imagePixels: number;
  readonly sourcePixels: number;
  /** Source pixels that an image pixel maps to, on average. */
  readonly entries: number;
  /** Of the very first evidence of the process: tables, compilation. */
  readonly first: number;
  readonly evidence: number;
  /** Evidence and derivatives by every parameter; on meshes that have them. */
  readonly evidenceAndGradient?: number;
}

/** Arcsec, of the mask. */
const radius = 2.4;

/** Evidences of a lens that changes from one to the next, so that nothing is known but the data. */
export async function timesOfFit(backend: Backend, problem: FitProblem): Promise<FitTimes> {
  const { side, meshSide, interpolation, rounds } = problem;
  const mask = circularMask({ shapeNative: [side, side], pixelScale: (2 * radius) / side, radius });
  const backends = [backend];
  const observed = { mask, uvWavelengths: uvTrackOf(observations.sma, 600), noise: 1, backends };
  const source = { type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.2 } as const;
  const { visibilities } = await simulateVisibilities({ ...observed, lens: { mass: massOf(0), light: [source] } });
  const inversion = await createInversion(visibilities, { mask, backends });
  const smooth = interpolation === 'natural';
  const modelOf = (step: number): Model => ({
    lens: { mass: massOf(step) },
    mesh: { type: 'overlay', shape: [meshSide, meshSide], interpolation },
    regularization: { type: smooth ? 'gradient' : 'constant', coefficient: 3 },
  });
  let step = 0;
  const timeOf = async (work: (model: Model) => Promise<unknown>) => {
    const started = performance.now();
    await work(modelOf(step++));
    return performance.now() - started;
  };
  const evidence = (model: Model) => inversion.evidence(model);
  const both = (model: Model) => inversion.evidenceAndGradient(model);
  const first = await timeOf(evidence);
  const { mapper } = await inversion.evidence(modelOf(step++));
  const values: number[] = [];
  const gradients: number[] = [];
  if (smooth && rounds > 1) await timeOf(both);
  for (let round = 0; round < rounds; round++) {
    values.push(await timeOf(evidence));
    if (smooth) gradients.push(await timeOf(both));
  }
  inversion.dispose();
  const indexes = mapper.pixIndexesForSubSlimIndex;
  return {
    imagePixels: indexes.shape[0],
    sourcePixels: mapper.pixels,
    entries: indexes.data.reduce((sum, index) => sum + (index < 0 ? 0 : 1), 0) / indexes.shape[0],
    first,
    evidence: medianOf(values),
    ...(smooth ? { evidenceAndGradient: medianOf(gradients) } : {}),
  };
}

function massOf(step: number) {
  const mass = {
    centre: [0.03, -0.05],
    einsteinRadius: 1.4 + 0.001 * step,
    slope: 2.1,
    ellComps: [0.09, 0.05],
  } as const;
  return [
    { type: 'PowerLaw', ...mass },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
  ] as const;
}
