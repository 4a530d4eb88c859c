/** Binary tables behind the groups: frequencies, sources, antennas. */
import { malformed } from '../bytes/fileErrors.js';
import { finite, integer } from '../fits/cards.js';
import type { FitsHeader } from '../fits/header.js';

interface Column {
  readonly code: string;
  readonly count: number;
  readonly offset: number;
  readonly scale: number;
  readonly zero: number;
}

export interface BinaryTable {
  readonly rows: number;
  /** The numbers of a column in a row; none where there is no such column, or it holds text. */
  numbers(column: string, row: number): readonly number[];
  /** The text of a column in a row, without what fills it. */
  text(column: string, row: number): string;
}

const bytesOf: Readonly<Record<string, number>> = {
  L: 1,
  B: 1,
  I: 2,
  J: 4,
  K: 8,
  A: 1,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
  P: 8,
  Q: 16,
};

/** Bytes of the rows of a table. Throws FileFormat where its header says nothing possible. */
export function tableBytes(header: FitsHeader, where: string): number {
  const [width, rows] = [integer(header, 'NAXIS1', where), integer(header, 'NAXIS2', where)];
  const bytes = width * rows;
  if (width >= 0 && rows >= 0 && Number.isSafeInteger(bytes)) return bytes;
  throw malformed(where, 'a table has an impossible size', { actual: `${bytes} bytes` });
}

/**
 * Reads a table from its header and the bytes of its rows.
 *
 * @throws FileFormat where the columns do not fit the rows.
 * @see FITS standard 4.0, section 7.3.
 */
export function readTable(header: FitsHeader, bytes: Uint8Array, where: string): BinaryTable {
  const rowBytes = integer(header, 'NAXIS1', where);
  // Rows without bytes could be as many as they like.
  const rows = rowBytes === 0 ? 0 : integer(header, 'NAXIS2', where);
  const columns = columnsOf(header, rowBytes, where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    rows,
    numbers(name, row) {
      const column = columns.get(name);
      if (column === undefined) return [];
      const { code, count, offset, scale, zero } = column;
      const read = readers[code];
      if (read === undefined) return [];
      const at = row * rowBytes + offset;
      return Array.from({ length: count }, (_, i) => zero + scale * read(view, at + i * bytesOf[code]));
    },
    text(name, row) {
      const column = columns.get(name);
      if (column === undefined || column.code !== 'A') return '';
      const at = row * rowBytes + column.offset;
      return String.fromCharCode(...bytes.subarray(at, at + Math.min(column.count, 1024)))
        .replace(/\0[\s\S]*$/, '')
        .trim();
    },
  };
}

const readers: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  B: (view, at) => view.getUint8(at),
  I: (view, at) => view.getInt16(at),
  J: (view, at) => view.getInt32(at),
  K: (view, at) => Number(view.getBigInt64(at)),
  E: (view, at) => view.getFloat32(at),
  D: (view, at) => view.getFloat64(at),
};

function columnsOf(header: FitsHeader, rowBytes: number, where: string): ReadonlyMap<string, Column> {
  const fields = integer(header, 'TFIELDS', where);
  if (fields < 0 || fields > 999) {
    throw malformed(where, 'a table has an impossible number of columns', { actual: String(fields) });
  }
  const columns = new Map<string, Column>();
  let offset = 0;
  for (let field = 1; field <= fields; field++) {
    const form = String(header.get(`TFORM${field}`) ?? '');
    const [, repeat, code] = /^\s*(\d*)([LXBIJKAEDCMPQ])/.exec(form) ?? [];
    if (code === undefined) throw malformed(where, `a table has no valid TFORM${field}`, { actual: form || 'none' });
    const count = repeat === '' ? 1 : Number(repeat);
    const name = String(header.get(`TTYPE${field}`) ?? '')
      .trim()
      .toUpperCase();
    const scale = finite(header, `TSCAL${field}`, 1, where);
    const zero = finite(header, `TZERO${field}`, 0, where);
    if (!columns.has(name)) columns.set(name, { code, count, offset, scale, zero });
    offset += code === 'X' ? Math.ceil(count / 8) : count * bytesOf[code];
  }
  if (offset <= rowBytes) return columns;
  throw malformed(where, 'the columns of a table are wider than its rows', {
    expected: `at most ${rowBytes} bytes`,
    actual: `${offset} bytes`,
  });
}
