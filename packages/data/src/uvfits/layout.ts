/** How the groups of a UVFITS file lie in it, from its first header. */
import { malformed } from '../bytes/fileErrors.js';
import { finite, integer } from '../fits/cards.js';
import { type FitsHeader, paddedLength, primaryHeader } from '../fits/header.js';
import type { Parsing } from '../fits/parsing.js';
import { type PixelType, pixelTypeOf } from '../fits/pixelTypes.js';
import { axesOf, type GroupAxes } from './axes.js';
import { type ParameterName, parametersOf, type Term } from './parameters.js';

export interface GroupLayout {
  readonly header: FitsHeader;
  /** GCOUNT. */
  readonly groups: number;
  /** What PTYPE cards say, in their order. */
  readonly ptypes: readonly string[];
  /** Where every parameter that is known comes from: one that stands twice is a sum. */
  readonly parameters: ReadonlyMap<ParameterName, readonly Term[]>;
  readonly axes: GroupAxes;
  readonly type: PixelType;
  /** Of a group: parameters and data. */
  readonly valuesPerGroup: number;
  readonly parametersPerGroup: number;
  readonly bytesPerGroup: number;
  readonly dataStart: number;
  /** Where the next HDU begins. */
  readonly dataEnd: number;
  /** Data, not parameters: value = zero + scale x stored. */
  readonly scale: number;
  readonly zero: number;
  /** An integer that stands for no value. */
  readonly blank: number | undefined;
}

/** True for the first header of a file of random groups. */
export function isRandomGroups(header: FitsHeader): boolean {
  return header.get('GROUPS') === true && header.get('NAXIS1') === 0;
}

/** @throws FileFormat where the file holds no random groups, or they are no visibilities. */
export function* findGroups(where: string): Parsing<GroupLayout> {
  const { header, dataStart } = yield* primaryHeader(where);
  if (!isRandomGroups(header)) {
    throw malformed(where, 'the file holds no random groups, so this is no UVFITS file', {
      expected: 'GROUPS = T and NAXIS1 = 0',
      actual: `GROUPS = ${header.get('GROUPS') ?? 'none'}, NAXIS1 = ${header.get('NAXIS1') ?? 'none'}`,
      remedy: 'export the visibilities with exportuvfits in CASA, or name the folder of three FITS images',
    });
  }
  const groups = extent(header, 'GCOUNT', where);
  const count = extent(header, 'PCOUNT', where);
  const axes = axesOf(header, where);
  const type = pixelTypeOf(header, where);
  const valuesPerGroup = count + axes.values;
  const bytesPerGroup = valuesPerGroup * type.bytes;
  const bytes = groups * bytesPerGroup;
  if (!Number.isSafeInteger(bytes)) {
    throw malformed(where, 'the groups have an impossible size', {
      actual: `${groups} groups of ${bytesPerGroup} bytes`,
    });
  }
  return {
    header,
    groups,
    ...parametersOf(header, count, where),
    axes,
    type,
    valuesPerGroup,
    parametersPerGroup: count,
    bytesPerGroup,
    dataStart,
    dataEnd: dataStart + paddedLength(bytes),
    scale: finite(header, 'BSCALE', 1, where),
    zero: finite(header, 'BZERO', 0, where),
    blank: type.integer && header.has('BLANK') ? integer(header, 'BLANK', where) : undefined,
  };
}

/** Throws FileFormat where there are no groups, or fewer bytes than they take. */
export function checkGroups(size: number, { groups, bytesPerGroup, dataStart }: GroupLayout, where: string): void {
  if (size - dataStart < groups * bytesPerGroup) {
    throw malformed(where, 'the file is truncated', {
      expected: `${groups} groups of ${bytesPerGroup} bytes each`,
      actual: `${Math.max(0, size - dataStart)} bytes after the header`,
    });
  }
  if (groups === 0) throw malformed(where, 'the file holds no visibilities', { actual: 'GCOUNT = 0' });
}

function extent(header: FitsHeader, keyword: string, where: string): number {
  const value = integer(header, keyword, where);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw malformed(where, `${keyword} is no number of things`, {
    expected: 'a whole number from 0',
    actual: String(value),
  });
}
