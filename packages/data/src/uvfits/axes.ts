/** The axes of a group, known by their names: their order is nobody's business. */
import { malformed } from '../bytes/fileErrors.js';
import { finite, integer } from '../fits/cards.js';
import type { FitsHeader } from '../fits/header.js';

export interface Axis {
  readonly extent: number;
  /** From one value of the axis to the next, in values. */
  readonly stride: number;
  /** CRPIX, CRVAL and CDELT. */
  readonly reference: number;
  readonly value: number;
  readonly step: number;
  /** The coordinate of value `i`, from 0. */
  at(i: number): number;
}

export interface GroupAxes {
  /** Real part, imaginary part and, where there are three, weight. */
  readonly complex: Axis;
  readonly stokes: Axis;
  /** Channels, in Hz. */
  readonly freq: Axis;
  /** Spectral windows. */
  readonly if: Axis;
  /** Product of all extents. */
  readonly values: number;
}

const known = ['COMPLEX', 'STOKES', 'FREQ', 'IF'];

/** @throws FileFormat where COMPLEX or FREQ is missing, an axis stands twice, or one that is not known has an extent. */
export function axesOf(header: FitsHeader, where: string): GroupAxes {
  const rank = integer(header, 'NAXIS', where);
  if (rank < 2 || rank > 999) {
    throw malformed(where, 'NAXIS is not a number of axes of groups', { expected: '2 to 999', actual: String(rank) });
  }
  const found = new Map<string, Axis>();
  let values = 1;
  for (let axis = 2; axis <= rank; axis++) {
    const extent = integer(header, `NAXIS${axis}`, where);
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw malformed(where, `NAXIS${axis} is no extent of an axis of groups`, {
        expected: 'a whole number from 1',
        actual: String(extent),
      });
    }
    const name = nameOf(header.get(`CTYPE${axis}`));
    if (known.includes(name)) {
      if (found.has(name)) throw malformed(where, `the axis ${name} stands twice`);
      found.set(name, axisOf(header, axis, extent, values, where));
    } else if (extent > 1) {
      throw malformed(where, 'an axis of the groups is not known', {
        expected: `one of ${known.join(', ')}, or an extent of 1`,
        actual: `CTYPE${axis} = ${name === '' ? 'none' : name}, of ${extent}`,
        remedy: 'export the visibilities without it',
      });
    }
    values *= extent;
    if (!Number.isSafeInteger(values))
      throw malformed(where, 'a group has an impossible size', { actual: `${values} values` });
  }
  const required = (name: string): Axis => {
    const axis = found.get(name);
    if (axis !== undefined) return axis;
    throw malformed(where, `the groups have no axis ${name}`, {
      actual: [...found.keys()].join(', ') || 'none that is known',
      remedy: 'check that the file holds visibilities',
    });
  };
  const complex = required('COMPLEX');
  if (complex.extent !== 2 && complex.extent !== 3) {
    throw malformed(where, 'the axis COMPLEX has neither two nor three values', { actual: String(complex.extent) });
  }
  return {
    complex,
    stokes: found.get('STOKES') ?? single(1),
    freq: required('FREQ'),
    if: found.get('IF') ?? single(1),
    values,
  };
}

function axisOf(header: FitsHeader, axis: number, extent: number, stride: number, where: string): Axis {
  const value = finite(header, `CRVAL${axis}`, 1, where);
  const step = finite(header, `CDELT${axis}`, 1, where);
  const reference = finite(header, `CRPIX${axis}`, 1, where);
  return { extent, stride, reference, value, step, at: (i) => value + (i + 1 - reference) * step };
}

function single(value: number): Axis {
  return { extent: 1, stride: 0, reference: 1, value, step: 0, at: () => value };
}

/** `FREQ` of `FREQ----`; some writers fill names with dashes. */
function nameOf(ctype: unknown): string {
  return typeof ctype === 'string' ? ctype.trim().toUpperCase().replace(/-+$/, '') : '';
}
