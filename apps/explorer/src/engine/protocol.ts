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

/** Where kernels are to run: `best` takes WebGPU where it is found to be trustworthy and faster. */
export type BackendChoice = 'best' | 'webgpu' | 'wasm' | 'loops';

/** Where they run. */
export interface Computing {
  readonly used: Exclude<BackendChoice, 'best'>;
  readonly how: string;
  /** Why there, and not elsewhere. */
  readonly why: string;
  /** Of what is not as one would expect it. */
  readonly warning?: string;
}

/** From the maximum: importance sampling, with the evidence of the model with its priors, or NUTS by gradients; nested: from the priors. */
export interface SamplerChoice {
  readonly sampler: 'importance' | 'nuts' | 'nested';
  /** As many are asked for. */
  readonly samples: number;
}

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
  | ({
      readonly type: 'sample';
      readonly model: ModelChoice;
      readonly free: readonly Part[];
      readonly freeRegularization: boolean;
    } & SamplerChoice)
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
  readonly computing: Computing;
  readonly warnings: readonly Warning[];
  readonly ms: number;
}

export interface Evaluated {
  readonly logEvidence: number;
  readonly errorBound?: number;
  /** What of it float32 brings in, and how that was found. */
  readonly errorEstimate?: { readonly error: number; readonly how: string };
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

/** What a sampler has found around a model. */
export interface PosteriorResult {
  readonly model: ModelChoice;
  readonly statement: string;
  readonly converged: boolean;
  readonly evaluations: number;
  /** Of the model with its priors; NUTS has none. */
  readonly logZ: { readonly value: number; readonly sigma: number } | undefined;
  /** The middle and the ends of the middle 68 %. */
  readonly parameters: readonly {
    readonly path: string;
    readonly median: number;
    readonly q16: number;
    readonly q84: number;
  }[];
  /** A corner plot as an SVG document. */
  readonly corner: string;
  /** As `wtilde sample` writes it. */
  readonly npz: Uint8Array<ArrayBuffer>;
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
  /** Something else computes from now on. */
  | { readonly type: 'computing'; readonly computing: Computing }
  | { readonly type: 'evaluated'; readonly evaluated: Evaluated }
  /** An archive. */
  | { readonly type: 'report'; readonly zip: Uint8Array<ArrayBuffer> }
  /** The best of a fit so far. */
  | {
      readonly type: 'fitting';
      readonly evaluated: Evaluated;
      readonly model: ModelChoice;
    }
  | { readonly type: 'fitted'; readonly result: FitResult }
  | { readonly type: 'sampled'; readonly result: PosteriorResult }
  /** The dataset in its mask, as `wtilde prepare` writes it. */
  | { readonly type: 'dataset'; readonly npz: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly of: Request['type']; readonly failure: Failure };
