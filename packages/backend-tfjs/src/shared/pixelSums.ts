import * as tf from '@tensorflow/tfjs-core';
import {
  type Lattice,
  latticeOf,
  type MethodFacts,
  type NdArray,
  type RunContext,
  real,
  type Sizes,
} from '@wtilde/core-types';
import { exponentOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { addTo, inChunks } from './chunks.js';
import { productCost } from './costs.js';

/** Visibilities per product; each enters with a cosine and a sine. */
const chunk = 128;

/** What is summed: a_k cos(phi) - b_k sin(phi), phi = 2 pi (x u_k + y v_k). */
export interface Strengths {
  readonly cosine: (k: number) => number;
  readonly sine: (k: number) => number;
}

type Real = NdArray<'real'>;

/** On a lattice, where phases of rows and columns separate: one product of matrices for every 128 visibilities. */
export async function latticeSums(
  engine: Engine,
  { uv, grid, strengths }: { readonly uv: Real; readonly grid: Real; readonly strengths: Strengths },
  context: RunContext,
): Promise<Real> {
  const lattice = latticeOf(grid);
  if (lattice === undefined) return real(new Float64Array(grid.shape[0]));
  const { rows, columns, row, column } = lattice;
  const sums = new Float64Array(rows * columns);
  await inChunks(uv.shape[0], chunk, context, async (from, to) => {
    const width = to - from;
    const left = new Float32Array(rows * 2 * width);
    const right = new Float32Array(2 * width * columns);
    const { cosine, sine, exponent } = strengthsOf(strengths, from, to);
    for (let k = 0; k < width; k++) {
      const a = cosine[k];
      const b = sine[k];
      eachTurn(rowTurn(lattice, uv, from + k), rows, (at, c, s) => {
        left[at * 2 * width + k] = a * c - b * s;
        left[at * 2 * width + width + k] = -(a * s + b * c);
      });
      eachTurn(columnTurn(lattice, uv, from + k), columns, (at, c, s) => {
        right[k * columns + at] = c;
        right[(width + k) * columns + at] = s;
      });
    }
    const [part] = await engine.run(() => [
      tf.matMul(tf.tensor2d(left, [rows, 2 * width]), tf.tensor2d(right, [2 * width, columns])),
    ]);
    addTo(sums, part, exponent);
  });
  return real(Float64Array.from(row, (at, pixel) => sums[at * columns + column[pixel]]));
}

/** On any grid: a phase in float64 for every pixel and visibility. */
export async function pointSums(
  engine: Engine,
  { uv, grid, strengths }: { readonly uv: Real; readonly grid: Real; readonly strengths: Strengths },
  context: RunContext,
): Promise<Real> {
  const points = grid.shape[0];
  const sums = new Float64Array(points);
  if (points === 0) return real(sums);
  await inChunks(uv.shape[0], chunk, context, async (from, to) => {
    const width = to - from;
    const table = phaseTable(grid, uv, from, to);
    const { cosine, sine, exponent } = strengthsOf(strengths, from, to);
    const both = Float32Array.from({ length: 2 * width }, (_, at) => (at < width ? cosine[at] : -sine[at - width]));
    const [part] = await engine.run(() => [
      tf.matMul(tf.tensor2d(table, [points, 2 * width]), tf.tensor2d(both, [2 * width, 1])),
    ]);
    addTo(sums, part, exponent);
  });
  return real(sums);
}

/** Strengths of some visibilities, divided by a power of two that brings the largest of them near 1. */
function strengthsOf(strengths: Strengths, from: number, to: number) {
  const width = to - from;
  const both = Float64Array.from({ length: 2 * width }, (_, at) =>
    at < width ? strengths.cosine(from + at) : strengths.sine(from + at - width),
  );
  const exponent = exponentOf(both);
  const scaled = both.map((value) => value * 2 ** -exponent);
  return { cosine: scaled.subarray(0, width), sine: scaled.subarray(width), exponent };
}

/** At (i, k) cos(phi), at (i, width + k) sin(phi); shape (points, 2 width). */
export function phaseTable(grid: Real, uv: Real, from: number, to: number): Float32Array {
  const width = to - from;
  const points = grid.shape[0];
  const table = new Float32Array(points * 2 * width);
  for (let i = 0; i < points; i++) {
    const y = 2 * Math.PI * grid.data[2 * i];
    const x = 2 * Math.PI * grid.data[2 * i + 1];
    const start = i * 2 * width;
    for (let k = 0; k < width; k++) {
      const phase = x * uv.data[2 * (from + k)] + y * uv.data[2 * (from + k) + 1];
      table[start + k] = Math.cos(phase);
      table[start + width + k] = Math.sin(phase);
    }
  }
  return table;
}

interface Turn {
  readonly first: number;
  readonly step: number;
}

export function rowTurn({ y0, pitchY }: Lattice, uv: Real, k: number): Turn {
  const v = 2 * Math.PI * uv.data[2 * k + 1];
  return { first: v * y0, step: -v * pitchY };
}

export function columnTurn({ x0, pitchX }: Lattice, uv: Real, k: number): Turn {
  const u = 2 * Math.PI * uv.data[2 * k];
  return { first: u * x0, step: u * pitchX };
}

/** Cosine and sine of first, first + step, ... by rotation in float64. */
export function eachTurn(
  { first, step }: Turn,
  count: number,
  put: (at: number, cosine: number, sine: number) => void,
): void {
  const stepCosine = Math.cos(step);
  const stepSine = Math.sin(step);
  let c = Math.cos(first);
  let s = Math.sin(first);
  for (let at = 0; at < count; at++) {
    put(at, c, s);
    const next = c * stepCosine - s * stepSine;
    s = s * stepCosine + c * stepSine;
    c = next;
  }
}

/** A lattice that is mostly empty is more work than its points. */
const emptiest = 16;

export const onLattice: MethodFacts = {
  cost: ({ K, latticePoints }: Sizes) => {
    const side = Math.sqrt(latticePoints);
    return productCost(4 * latticePoints * K, 4 * side * K, Math.ceil(K / chunk));
  },
  canRun({ M, latticePoints }: Sizes) {
    if (latticePoints === 0) return 'the grid lies on no lattice';
    return latticePoints <= emptiest * M || 'the lattice of the grid is mostly empty';
  },
};

export const onPoints: MethodFacts = {
  cost: ({ K, M }: Sizes) => productCost(4 * M * K, 16 * M * K, Math.ceil(K / chunk)),
};
