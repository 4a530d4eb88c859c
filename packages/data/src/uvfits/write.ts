/** Random groups and their tables as bytes of a FITS file. */
import { WtildeError } from '@wtilde/core-types';
import { type CardValue, paddedLength } from '../fits/header.js';
import { card, extraCard, headerBytes } from '../fits/write.js';

/** A random parameter: what is stored is (value - zero) / scale. */
export interface GroupParameter {
  /** PTYPE, such as `UU---SIN`; the same one twice is a sum. */
  readonly type: string;
  readonly scale?: number | undefined;
  readonly zero?: number | undefined;
}

/** An axis of the data of a group, the fastest first. */
export interface GroupAxis {
  readonly type: string;
  readonly extent: number;
  /** CRVAL, CDELT and CRPIX; 1 each where they are left out. */
  readonly value?: number | undefined;
  readonly step?: number | undefined;
  readonly reference?: number | undefined;
}

/** A column of a table: text, or as many numbers for every row. */
export interface TableColumn {
  readonly name: string;
  /** `8A`, `1J`, `2D`, `1E`: how many, and of what type. */
  readonly form: `${number}${'A' | 'J' | 'D' | 'E'}`;
  readonly rows: readonly (string | readonly number[])[];
}

export interface GroupTable {
  /** EXTNAME, such as `AIPS FQ`. */
  readonly name: string;
  /** EXTVER. Default 1. */
  readonly version?: number | undefined;
  readonly columns: readonly TableColumn[];
}

export interface RandomGroups {
  readonly parameters: readonly GroupParameter[];
  readonly axes: readonly GroupAxis[];
  /** Group after group: values of the parameters (not yet scaled), then of the data. */
  readonly values: ArrayLike<number>;
  /** -32 (the default) or -64: floats of so many bits. */
  readonly bitpix?: -32 | -64 | undefined;
  readonly cards?: Readonly<Record<string, CardValue>> | undefined;
  readonly tables?: readonly GroupTable[] | undefined;
}

/**
 * Writes random groups as a FITS file, which makes UVFITS files of visibilities: the inverse of {@link openUvfits}.
 *
 * @throws InvalidValue where the values do not fill groups, or a card or a column cannot be written.
 * @see FITS standard 4.0, section 6; AIPS memo 117.
 */
export function writeRandomGroups(given: RandomGroups): Uint8Array {
  const { parameters, axes, values, bitpix = -32, cards = {}, tables = [] } = given;
  const perGroup = axes.reduce((product, { extent }) => product * extent, 1) + parameters.length;
  const groups = values.length / perGroup;
  if (!Number.isInteger(groups)) {
    throw new WtildeError('InvalidValue', {
      what: 'the values do not fill groups',
      where: 'writeRandomGroups values',
      expected: `a multiple of ${perGroup}`,
      actual: String(values.length),
      remedy: 'pass parameters and data of every group',
    });
  }
  const header = headerBytes([
    card('SIMPLE', true),
    card('BITPIX', bitpix),
    card('NAXIS', axes.length + 1),
    card('NAXIS1', 0),
    ...axes.map(({ extent }, at) => card(`NAXIS${at + 2}`, extent)),
    card('EXTEND', true),
    card('GROUPS', true),
    card('PCOUNT', parameters.length),
    card('GCOUNT', groups),
    ...axes.flatMap(({ type, value = 1, step = 1, reference = 1 }, at) => [
      card(`CTYPE${at + 2}`, type),
      card(`CRVAL${at + 2}`, value),
      card(`CDELT${at + 2}`, step),
      card(`CRPIX${at + 2}`, reference),
    ]),
    ...parameters.flatMap(({ type, scale = 1, zero = 0 }, at) => [
      card(`PTYPE${at + 1}`, type),
      card(`PSCAL${at + 1}`, scale),
      card(`PZERO${at + 1}`, zero),
    ]),
    ...Object.entries(cards).map(([keyword, value]) => extraCard(keyword, value)),
  ]);
  return joined([header, dataOf(values, parameters, perGroup, bitpix), ...tables.map(tableBytes)]);
}

function dataOf(
  values: ArrayLike<number>,
  parameters: readonly GroupParameter[],
  perGroup: number,
  bitpix: -32 | -64,
): Uint8Array {
  const bytesPerValue = -bitpix / 8;
  const bytes = new Uint8Array(paddedLength(values.length * bytesPerValue));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const { scale = 1, zero = 0 } = parameters[i % perGroup] ?? {};
    const stored = scale === 1 && zero === 0 ? values[i] : (values[i] - zero) / scale;
    if (bitpix === -32) view.setFloat32(i * 4, stored);
    else view.setFloat64(i * 8, stored);
  }
  return bytes;
}

const bytesOf = { A: 1, J: 4, E: 4, D: 8 } as const;

function tableBytes({ name, version = 1, columns }: GroupTable): Uint8Array {
  const kinds = columns.map(({ form, rows, name: title }) => {
    const [, count, code] = /^(\d+)([AJED])$/.exec(form) ?? [];
    if (code === 'A' || code === 'J' || code === 'E' || code === 'D')
      return { count: Number(count), code, rows } as const;
    throw new WtildeError('InvalidValue', {
      what: 'the column has no form',
      where: `table ${name}, column ${title}`,
      expected: 'a number and one of A, J, E, D',
      actual: form,
      remedy: 'pass such a form',
    });
  });
  const width = kinds.reduce((sum, { count, code }) => sum + count * bytesOf[code], 0);
  const rows = Math.max(0, ...columns.map((column) => column.rows.length));
  const header = headerBytes([
    card('XTENSION', 'BINTABLE'),
    card('BITPIX', 8),
    card('NAXIS', 2),
    card('NAXIS1', width),
    card('NAXIS2', rows),
    card('PCOUNT', 0),
    card('GCOUNT', 1),
    card('TFIELDS', columns.length),
    card('EXTNAME', name),
    card('EXTVER', version),
    ...columns.flatMap((column, at) => [card(`TTYPE${at + 1}`, column.name), card(`TFORM${at + 1}`, column.form)]),
  ]);
  const bytes = new Uint8Array(paddedLength(width * rows));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const { count, code, rows: cells } of kinds) {
      const cell = cells[row] ?? [];
      for (let i = 0; i < count; i++) {
        if (code === 'A') view.setUint8(at, typeof cell === 'string' && i < cell.length ? cell.charCodeAt(i) : 0x20);
        else if (code === 'J') view.setInt32(at, Number(cell[i] ?? 0));
        else if (code === 'E') view.setFloat32(at, Number(cell[i] ?? 0));
        else view.setFloat64(at, Number(cell[i] ?? 0));
        at += bytesOf[code];
      }
    }
  }
  return joined([header, bytes]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
