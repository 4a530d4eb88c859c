import { WtildeError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import {
  type Curve,
  type CurveRegion,
  caustics,
  criticalCurves,
  einsteinRadiusFrom,
  type LensCurves,
} from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { readLens } from '../../lensing/model.js';
import { outputsOf } from '../../outputs.js';
import { rightFrom, table } from '../../text/table.js';
import type { LensOptions } from './options.js';

/** `wtilde lens`: critical curves, caustics and the Einstein radius of a mass model. */
export async function lens(options: LensOptions, io: Io): Promise<ExitCode> {
  const { extent, cells: shape, out } = options;
  const outputs = await outputsOf([out], [options.lens], options, io);
  const { mass, planes = [] } = await readLens(options.lens);
  if (planes.length > 0) throw severalPlanes();
  const region: CurveRegion = { extent, shape };
  const critical = criticalCurves(mass, region);
  const traced = caustics(mass, region);
  const whole = critical.tangential.every(({ closed }) => closed);
  const einsteinRadius = whole ? einsteinRadiusFrom(mass, region) : undefined;
  if (out !== undefined) await outputs.write((how) => writeNpzFile(out, fieldsOf(critical, traced), how));
  if (options.json) {
    printJson(outputs.io, {
      einsteinRadius: einsteinRadius ?? null,
      criticalCurves: jsonOf(critical),
      caustics: jsonOf(traced),
    });
  } else print(outputs.io, report(critical, traced, einsteinRadius));
  return exitCodes.fine;
}

function severalPlanes(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there are no curves through several planes',
    where: '--lens',
    expected: 'mass at one redshift',
    actual: 'planes',
    remedy: 'leave "planes" out for the curves of the lens alone',
  });
}

const kinds = ['tangential', 'radial'] as const;

function fieldsOf(critical: LensCurves, traced: LensCurves): Fields {
  return Object.fromEntries(
    kinds.flatMap((kind) => [
      ...critical[kind].map(({ points }, at) => [`${kind}_critical_curve_${at}`, points] as const),
      ...traced[kind].map(({ points }, at) => [`${kind}_caustic_${at}`, points] as const),
    ]),
  );
}

function jsonOf(curves: LensCurves): object {
  const listed = (each: readonly Curve[]) =>
    each.map(({ closed, points: { data } }) => ({
      closed,
      points: Array.from({ length: data.length / 2 }, (_, at) => [data[2 * at], data[2 * at + 1]]),
    }));
  return { tangential: listed(curves.tangential), radial: listed(curves.radial) };
}

function report(critical: LensCurves, traced: LensCurves, einsteinRadius: number | undefined): string {
  const rows = kinds.flatMap((kind) =>
    critical[kind].map((curve, at) => [
      `${kind}${curve.closed ? '' : ', leaves the extent'}`,
      ...sizeOf(curve),
      ...sizeOf(traced[kind][at]),
    ]),
  );
  const radius =
    einsteinRadius === undefined
      ? 'unknown: the extent cuts the critical curve'
      : `${einsteinRadius.toFixed(6)} arcsec`;
  return [
    `Einstein radius ${radius}`,
    ...(rows.length === 0
      ? ['The lens has no critical curve.']
      : ['', table([['curve', 'points', 'width', 'height', 'points', 'width', 'height'], ...rows], rightFrom(1, 7))]),
    ...(rows.length === 0 ? [] : ['', 'Of the critical curve, then of its caustic, in arcsec.']),
  ].join('\n');
}

function sizeOf({ points: { data, shape } }: Curve): readonly string[] {
  const extent = (lane: 0 | 1) => {
    const places = data.filter((_, at) => at % 2 === lane);
    return (
      places.reduce((most, each) => Math.max(most, each), -Infinity) -
      places.reduce((least, each) => Math.min(least, each), Infinity)
    );
  };
  return [String(shape[0]), extent(1).toFixed(4), extent(0).toFixed(4)];
}
