/** What page and worker say to each other. The worker keeps the data and the inversion; the page gets pictures. */
import type { LensModel, OverlayMesh, Regularization, Warning } from '@wtilde/lens';

/** What is to be looked at. */
export type Source =
  | { readonly kind: 'example' }
  | { readonly kind: 'simulation'; readonly lens: LensModel; readonly minutes: number; readonly noise: number }
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
  | { readonly type: 'open'; readonly source: Source; readonly mask?: MaskChoice; readonly backend: BackendChoice }
  | { readonly type: 'evaluate'; readonly model: ModelChoice; readonly coarse: boolean }
  | { readonly type: 'report'; readonly model: ModelChoice }
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
  readonly visibilities: number;
  readonly flagged: number;
  readonly imagePixels: number;
  readonly dirtyImage: Image;
  /** Standard deviation of the dirty image. */
  readonly dirtyNoise: number;
  /** Baselines (u, v) in wavelengths, some of them where there are many; none where a file does not tell. */
  readonly baselines: Float32Array<ArrayBuffer>;
  readonly beam?: { readonly major: number; readonly minor: number; readonly angle: number };
  readonly warnings: readonly Warning[];
  /** The model to begin with. */
  readonly model: ModelChoice;
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
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Reply =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly total: number }
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'evaluated'; readonly evaluated: Evaluated }
  | { readonly type: 'report'; readonly files: readonly MadeFile[] }
  | { readonly type: 'failed'; readonly of: Request['type']; readonly failure: Failure };
