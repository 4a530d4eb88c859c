import { real } from '@wtilde/core-types';
import {
  circularMask,
  geometryOf,
  type Mapped,
  type Mesh,
  mapperOf,
  type Regularization,
  type RegularizationKind,
  regularizationKinds,
} from '../../src/index.js';

const mask = circularMask({ shapeNative: [20, 20], pixelScale: 0.25, radius: 2.2 });
const geometry = geometryOf(mask);

/** An image of an arc. */
export const adaptImage = real(
  Float64Array.from({ length: geometry.pixels }, (_, pixel) => {
    const [y, x] = geometry.grid.data.subarray(2 * pixel, 2 * pixel + 2);
    return Math.exp(-8 * (Math.hypot(y, x) - 1.3) ** 2) * (1.3 + x / 2);
  }),
);

export function mapped(mesh: Mesh, einsteinRadius = 1.3): Mapped {
  const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius, axisRatio: 0.75, angle: 30 }] as const;
  return mapperOf(mask, geometry, { lens: { mass }, mesh, adaptImage });
}

export const overlay: Mesh = { type: 'overlay', shape: [7, 8], interpolation: 'barycentric' };
export const natural: Mesh = { type: 'overlay', shape: [7, 8], interpolation: 'natural' };
export const rectangular: Mesh = { type: 'rectangular', shape: [6, 7] };

const adapted = { innerCoefficient: 0.7, outerCoefficient: 2.1, signalScale: 0.8 };

/** One of every kind. */
export const examples: readonly Regularization[] = [
  { type: 'constant', coefficient: 1.3 },
  { type: 'gradient', coefficient: 2.2 },
  { type: 'zeroth', coefficient: 0.7 },
  { type: 'constantZeroth', coefficientNeighbor: 1.3, coefficientZeroth: 0.4 },
  { type: 'constantSplit', coefficient: 1.3 },
  { type: 'adapt', ...adapted },
  { type: 'adaptPower', ...adapted },
  { type: 'adaptSplit', ...adapted },
  { type: 'adaptSplitPower', ...adapted },
  { type: 'adaptSplitZeroth', ...adapted, zerothCoefficient: 0.4, zerothSignalScale: 1.2 },
  { type: 'brightnessZeroth', coefficient: 0.9, signalScale: 1.2 },
  { type: 'gaussianKernel', coefficient: 1.3, scale: 0.2 },
  { type: 'exponentialKernel', coefficient: 1.3, scale: 0.4 },
  { type: 'maternKernel', coefficient: 1.3, scale: 0.4, nu: 0.7 },
  { type: 'maternAdaptKernel', scale: 0.4, nu: 1.7, ...adapted },
  { type: 'maternField', coefficient: 1.3, scale: 0.5, nu: 2 },
];

/** Whether a parameter takes whole numbers only, and has no derivative. */
export function isWhole({ type }: Regularization, name: string): boolean {
  const parameters: RegularizationKind['parameters'] = regularizationKinds[type].parameters;
  return parameters[name].whole === true;
}
