/** What the AIPS tables behind the groups say. */
import { malformed } from '../bytes/fileErrors.js';
import type { OpenBytes } from '../bytes/source.js';
import { extensionHeader, type FitsHeader, paddedLength } from '../fits/header.js';
import { dataBytes } from '../fits/image.js';
import { parseFetched } from '../fits/parsing.js';
import type { GroupLayout } from './layout.js';
import { type BinaryTable, readTable, tableBytes } from './table.js';

/** A source that the array looked at. */
export interface UvfitsSource {
  /** What the parameter SOURCE of its groups says. */
  readonly id: number;
  readonly name: string;
}

/** Frequencies of one setup of the receivers, by spectral window, in Hz beyond those of the axis FREQ. */
interface Setup {
  readonly id: number;
  readonly offsets: readonly number[];
  /** From channel to channel; 0 where the axis FREQ says it. */
  readonly widths: readonly number[];
}

export interface Tables {
  readonly setups: readonly Setup[];
  readonly sources: readonly UvfitsSource[];
  /** Frequencies of a source beyond those of its setup, by spectral window. */
  readonly shifts: ReadonlyMap<number, readonly number[]>;
  /** Names of antennas, by subarray and number: `1:12`. */
  readonly antennas: ReadonlyMap<string, string>;
}

/** No file has more HDUs. */
const mostExtensions = 10_000;

/** @throws FileFormat for tables that are no tables, or reach beyond the end of the file. */
export async function readTables(bytes: OpenBytes, { dataEnd }: GroupLayout, where: string): Promise<Tables> {
  const setups: Setup[] = [];
  const sources: UvfitsSource[] = [];
  const shifts = new Map<number, readonly number[]>();
  const antennas = new Map<string, string>();
  let at = dataEnd;
  for (let hdu = 0; hdu < mostExtensions && at < bytes.size; hdu++) {
    const found = await parseFetched(extensionHeader(at, where), bytes.fetch);
    if (found === undefined) break;
    const { header, dataStart } = found;
    const name = String(header.get('EXTNAME') ?? '').trim();
    if (/^AIPS (FQ|SU|AN)$/.test(name)) {
      const table = await tableAt(bytes, header, dataStart, `${where}, table ${name}`);
      if (name === 'AIPS FQ') setups.push(...setupsOf(table));
      else if (name === 'AIPS SU') takeSources(table, sources, shifts);
      else takeAntennas(table, Number(header.get('EXTVER') ?? 1), antennas);
    }
    at = dataStart + paddedLength(dataBytes(header, where));
  }
  return { setups, sources, shifts, antennas };
}

async function tableAt(bytes: OpenBytes, header: FitsHeader, start: number, where: string): Promise<BinaryTable> {
  const length = tableBytes(header, where);
  if (start + length > bytes.size) {
    throw malformed(where, 'the table reaches beyond the end of the file', {
      expected: `${length} bytes`,
      actual: `${Math.max(0, bytes.size - start)} bytes`,
    });
  }
  return readTable(header, new Uint8Array(await bytes.fetchAll(start, length)), where);
}

function* rowsOf({ rows }: BinaryTable): Generator<number> {
  for (let row = 0; row < rows; row++) yield row;
}

function setupsOf(table: BinaryTable): readonly Setup[] {
  return [...rowsOf(table)].map((row) => ({
    id: table.numbers('FRQSEL', row)[0] ?? 1,
    offsets: table.numbers('IF FREQ', row),
    widths: table.numbers('CH WIDTH', row),
  }));
}

function takeSources(table: BinaryTable, sources: UvfitsSource[], shifts: Map<number, readonly number[]>): void {
  for (const row of rowsOf(table)) {
    const id = table.numbers('ID. NO.', row)[0] ?? row + 1;
    sources.push({ id, name: table.text('SOURCE', row) });
    const shift = table.numbers('FREQOFF', row);
    if (shift.some((value) => value !== 0)) shifts.set(id, shift);
  }
}

function takeAntennas(table: BinaryTable, subarray: number, antennas: Map<string, string>): void {
  for (const row of rowsOf(table)) {
    const number = table.numbers('NOSTA', row)[0] ?? row + 1;
    antennas.set(`${subarray}:${number}`, table.text('ANNAME', row));
  }
}
