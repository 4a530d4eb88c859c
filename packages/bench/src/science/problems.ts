/** The sizes that people fit at, and the kernels that others have published times for. */

/** Evidences of one lens, one after the other, as a fit asks for them. */
export interface FitProblem {
  /** What the size is called. */
  readonly size: string;
  /** Pixels of a side of the image; the mask is the circle in it. */
  readonly side: number;
  /** Cells of a side of the mesh, of which those are kept that the mask reaches. */
  readonly meshSide: number;
  readonly interpolation: 'natural' | 'barycentric';
  readonly backend: 'wasm' | 'loops';
  /** 0: one for every core. */
  readonly threads: number;
  readonly rounds: number;
}

/** Visibilities summed chunk by chunk into what evidences are made of. */
export interface SumsProblem {
  readonly side: number;
  readonly visibilities: number;
  readonly threads: number;
}

export interface ScienceChoice {
  readonly fits: readonly FitProblem[];
  readonly sums: readonly SumsProblem[];
  /** Kernels whose names are in `kernels.ts`, on loops, and on one and all threads of wasm. */
  readonly kernels: 'all' | 'small';
}

/** Rounds are what small sizes need until all code is compiled. */
const natural = { interpolation: 'natural', backend: 'wasm', threads: 0, rounds: 60 } as const;
const barycentric = { ...natural, interpolation: 'barycentric' } as const;
const A = { size: 'A', side: 30, meshSide: 26 };
const fine = { size: 'A, fine mesh', side: 30, meshSide: 44 };
const B = { size: 'B', side: 70, meshSide: 44 };
const C = { size: 'C', side: 280, meshSide: 44 };
const D = { size: 'D', side: 700, meshSide: 44 };

/** Image pixels 716, 3852, 61,572 and 384,000; 540 and 1528 source pixels. */
export const sciences: Readonly<Record<'full' | 'test', ScienceChoice>> = {
  full: {
    fits: [
      { ...natural, ...A },
      { ...natural, ...fine, rounds: 15 },
      { ...natural, ...B, rounds: 15 },
      { ...natural, ...C, rounds: 5 },
      { ...natural, ...D, rounds: 1 },
      { ...barycentric, ...A },
      { ...barycentric, ...fine, rounds: 15 },
      { ...barycentric, ...B, rounds: 15 },
      { ...barycentric, ...C, rounds: 5 },
      { ...natural, ...A, threads: 1 },
      { ...natural, ...B, threads: 1, rounds: 9 },
      { ...natural, ...A, backend: 'loops', threads: 1 },
      { ...natural, ...B, backend: 'loops', threads: 1, rounds: 5 },
    ],
    sums: [
      { side: 140, visibilities: 1e6, threads: 0 },
      { side: 300, visibilities: 1e7, threads: 1 },
      { side: 300, visibilities: 1e7, threads: 0 },
      { side: 300, visibilities: 1e8, threads: 0 },
    ],
    kernels: 'all',
  },
  test: {
    fits: [
      { ...natural, ...A, side: 10, meshSide: 6, threads: 1, rounds: 2 },
      {
        ...natural,
        ...A,
        side: 10,
        meshSide: 6,
        interpolation: 'barycentric',
        backend: 'loops',
        threads: 1,
        rounds: 2,
      },
    ],
    sums: [{ side: 10, visibilities: 1000, threads: 1 }],
    kernels: 'small',
  },
};
