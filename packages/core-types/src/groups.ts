/** Ways through the catalogue that must give the same result: compared with each other, benchmarked side by side. */
import type { Route } from './routes.js';

export interface EquivalenceGroup {
  readonly name: string;
  readonly doc: string;
  /** The kernel whose result class and yardsticks judge the routes. */
  readonly judge: string;
  readonly routes: Readonly<Record<string, Route>>;
}

const sparse = {
  pixIndexesForSubSlimIndex: 'pixIndexesForSubSlimIndex',
  pixWeightsForSubSlimIndex: 'pixWeightsForSubSlimIndex',
  pixels: 'pixels',
};
const position = { nativeIndexForSlimIndex: 'nativeIndexForSlimIndex' };
const baselines = { noiseMapReal: 'noiseMapReal', uvWavelengths: 'uvWavelengths' };

const compact = {
  kernel: 'wCompactCurvatureInterferometerFrom',
  args: { gridSize: 'gridSize', pixelScale: 'pixelScale', ...baselines },
  as: 'wCompact',
};
const preload = {
  kernel: 'wTildeCurvaturePreloadInterferometerFrom',
  args: { shapeMaskedPixels2d: 'shapeMaskedPixels2d', gridRadians2d: 'gridRadians2d', ...baselines },
  as: 'preload',
};
const direct = {
  kernel: 'wTildeCurvatureInterferometerFrom',
  args: { gridRadiansSlim: 'gridRadiansSlim', ...baselines },
  as: 'wTilde',
};
const viaCompact = {
  kernel: 'wTildeViaCompactFrom',
  args: { wCompact: 'wCompact', ...position },
  as: 'wTilde',
};

export const groups: readonly EquivalenceGroup[] = [
  {
    name: 'wTilde',
    doc: 'the precision matrix W',
    judge: 'wTildeCurvatureInterferometerFrom',
    routes: {
      direct: { steps: [direct], result: 'wTilde' },
      compact: { steps: [compact, viaCompact], result: 'wTilde' },
      preload: {
        steps: [
          preload,
          { kernel: 'wTildeViaPreloadFrom', args: { wTildePreload: 'preload', ...position }, as: 'wTilde' },
        ],
        result: 'wTilde',
      },
    },
  },
  {
    name: 'curvatureMatrix',
    doc: 'the curvature matrix F',
    judge: 'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
    routes: {
      dense: {
        steps: [
          compact,
          viaCompact,
          {
            kernel: 'mappingMatrixFrom',
            args: sparse,
            as: 'mappingMatrix',
          },
          {
            kernel: 'curvatureMatrixViaWTildeFrom',
            args: { wTilde: 'wTilde', mappingMatrix: 'mappingMatrix' },
            as: 'F',
          },
        ],
        result: 'F',
      },
      wTilde: {
        steps: [
          compact,
          viaCompact,
          {
            kernel: 'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
            args: { wTilde: 'wTilde', ...sparse },
            as: 'F',
          },
        ],
        result: 'F',
      },
      wCompact: {
        steps: [
          compact,
          {
            kernel: 'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
            args: { wCompact: 'wCompact', ...position, ...sparse },
            as: 'F',
          },
        ],
        result: 'F',
      },
      preload: {
        steps: [
          preload,
          {
            kernel: 'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom',
            args: { curvaturePreload: 'preload', ...position, ...sparse },
            as: 'F',
          },
        ],
        result: 'F',
      },
    },
  },
];
