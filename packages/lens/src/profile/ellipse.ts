import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import type { Parameter } from './kind.js';

/** Ellipses as PyAutoLens writes them: an axis ratio and an angle, or two ellipticity components. */

export interface AxisRatioAndAngle {
  /** Minor over major axis, from 0.0001 to 1. */
  readonly axisRatio: number;
  /** Of the major axis, in degrees counter-clockwise from the x axis. */
  readonly angle: number;
}

/**
 * What every elliptical profile takes beside its own parameters.
 *
 * Thinner ellipses are refused: there the rounding of an angle alone moves deflections by more than 1e-10.
 */
export const ellipseParameters = {
  axisRatio: { doc: 'minor over major axis', default: 1, minimum: 1e-4, maximum: 1 },
  angle: {
    doc: 'of the major axis, in degrees counter-clockwise from the x axis',
    unit: 'degrees',
    default: 0,
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** Either of the components that may stand instead. */
export const ellCompsParameter: Parameter = {
  doc: 'of ellipticity, (1-q) / (1+q) times (sin, cos) of twice the angle',
  minimum: -1,
  maximum: 1,
};

/** The length of ellipticity components at the least axis ratio. */
const mostElliptical = (1 - ellipseParameters.axisRatio.minimum) / (1 + ellipseParameters.axisRatio.minimum);

/**
 * Ellipticity components (e sin 2 angle, e cos 2 angle) with e = (1 - axisRatio) / (1 + axisRatio).
 *
 * @throws InvalidValue for an axis ratio or angle out of domain.
 */
export function ellCompsFrom(ellipse: AxisRatioAndAngle): [number, number] {
  checkNames(ellipse, { axisRatio: true, angle: true }, 'ellCompsFrom');
  const { axisRatio, angle } = ellipse;
  checkNumber(axisRatio, ellipseParameters.axisRatio, 'ellCompsFrom axisRatio', ellipseParameters.axisRatio.doc);
  checkNumber(angle, {}, 'ellCompsFrom angle', ellipseParameters.angle.doc);
  const ellipticity = (1 - axisRatio) / (1 + axisRatio);
  const doubled = (2 * (angle % 360) * Math.PI) / 180;
  return [ellipticity * Math.sin(doubled), ellipticity * Math.cos(doubled)];
}

/**
 * The inverse of {@link ellCompsFrom}; the angle lies in (-90, 90].
 *
 * @throws InvalidValue for components that are longer than 0.9998, those of an axis ratio of 0.0001.
 */
export function axisRatioAndAngleFrom(components: readonly [number, number], where = 'ellComps'): AxisRatioAndAngle {
  const [sine, cosine] = Array.isArray(components) ? components : [Number.NaN, Number.NaN];
  const ellipticity = Math.hypot(sine, cosine);
  if (!(ellipticity <= mostElliptical)) {
    throw noEllipse(
      `ellComps of a length up to ${Math.floor(mostElliptical * 1e4) / 1e4}, which is an axis ratio from ${ellipseParameters.axisRatio.minimum}`,
      `${shown(components)}, of length ${ellipticity}`,
      where,
    );
  }
  return {
    axisRatio: (1 - ellipticity) / (1 + ellipticity),
    angle: (Math.atan2(sine, cosine) * 90) / Math.PI,
  };
}

function noEllipse(expected: string, actual: string, where: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not an ellipse',
    where,
    expected,
    actual,
    remedy: 'use a rounder ellipse',
  });
}
