/** What page and worker say to each other. The worker keeps the data and the inversion; the page gets pictures. */
import type { LensModel, OverlayMesh, Regularization, Warning } from '@wtilde/lens';
import type { Part } from '../lens/free.js';

/** Arrays that a simulation can observe with. */
export type ArrayName = 'ALMA, compact' | 'SMA';

/** A lens and the light of its source, and how it is observed. */
export interface Scene {
  readonly lens: LensModel;
  readonly array: ArrayName;
  readonly minutes: number;
  /** Standard deviation of a visibility's real and imaginary part, in Jy where the light is. */
  readonly noise: number;
}

/** What is to be looked at. */
export type Source =
  | { readonly kind: 'example' }
  | ({ readonly kind: 'simulation' } & Scene)
  | { readonly kind: 'files'; readonly files: readonly File[] };

/** The open part of the sky, in arcsec. */
export interface MaskChoice {
  readonly radius: number;
  readonly centre: readonly [y: number, x: number];
  readonly pixelScale: number;
}

export interface ModelChoice {
  readonly lens: LensModel;
  readonly mesh: OverlayMesh;
  readonly regularization: Extract<Regularization, { type: 'constant' | 'gradient' }>;
}

/** Where kernels run. */
export type BackendChoice = 'wasm' | 'loops';

export type Request =
  | {
      readonly type: 'open';
      readonly source: Source;
      readonly mask: MaskChoice | undefined;
      readonly backend: BackendChoice;
    }
  | { readonly type: 'evaluate'; readonly model: ModelChoice; readonly coarse: boolean }
  | { readonly type: 'report'; readonly model: ModelChoice }
  | { readonly type: 'dataset' }
  | {
      readonly type: 'fit';
      readonly model: ModelChoice;
      readonly free: readonly Part[];
      readonly freeRegularization: boolean;
    }
  | { readonly type: 'abort' };

/** An image in rows from the top, columns from the smallest x; NaN where there is nothing. */
export interface Image {
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
  readonly pixelScale: number;
  /** (y, x) of the middle in arcsec. */
  readonly centre: readonly [number, number];
  readonly unit: string;
}

/** (y, x) in arcsec, one after the other. */
export type Line = Float32Array<ArrayBuffer>;

export interface Opened {
  readonly name: string;
  readonly mask: MaskChoice;
  /** A prepared dataset has its mask once and for all. */
  readonly fixedMask: boolean;
  readonly visibilities: number;
  readonly flagged: number;
  readonly imagePixels: number;
  readonly dirtyImage: Image;
  /** Standard deviation of the dirty image. */
  readonly dirtyNoise: number;
  /** Baselines (u, v) in wavelengths, some of them where there are many; none where a file does not tell. */
  readonly baselines: Float32Array<ArrayBuffer>;
  readonly beam?: { readonly major: number; readonly minor: number; readonly angle: number };
  /** Why another backend runs than the one that was asked for. */
  readonly instead?: string;
  readonly warnings: readonly Warning[];
  readonly ms: number;
}

export interface Evaluated {
  readonly logEvidence: number;
  readonly errorBound?: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly sourcePixels: number;
  readonly model: Image;
  readonly residuals?: Image;
  readonly source: Image;
  readonly vertices: Line;
  readonly critical: readonly Line[];
  readonly caustics: readonly Line[];
  readonly einsteinRadius?: number;
  readonly ran: readonly {
    readonly kernel: string;
    readonly backend: string;
    readonly method?: string | undefined;
    readonly precision: string;
  }[];
  readonly warnings: readonly Warning[];
  readonly ms: number;
  readonly coarse: boolean;
}

/** A file made by the worker. */
export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where a fit has led. */
export interface FitResult {
  readonly model: ModelChoice;
  readonly statement: string;
  readonly notes: readonly string[];
  readonly parameters: readonly {
    readonly path: string;
    readonly value: number;
    readonly sigma: number | undefined;
  }[];
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Reply =
  /** It lives as long as it holds the lock. */
  | { readonly type: 'started'; readonly lock: string }
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'evaluated'; readonly evaluated: Evaluated }
  | { readonly type: 'report'; readonly files: readonly MadeFile[] }
  /** The best of a fit so far. */
  | {
      readonly type: 'fitting';
      readonly evaluated: Evaluated;
      readonly model: ModelChoice;
    }
  | { readonly type: 'fitted'; readonly result: FitResult }
  /** The dataset in its mask, as `wtilde prepare` writes it. */
  | { readonly type: 'dataset'; readonly npz: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly of: Request['type']; readonly failure: Failure };
