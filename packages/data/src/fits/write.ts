import { type NdArray, WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import { type CardValue, cardBytes, paddedLength } from './header.js';

/** Options of {@link writeFits}. */
export interface WriteFitsOptions {
  /** Further cards for the header, by keyword: 1 to 8 of A-Z, 0-9, - and _. */
  readonly cards?: Readonly<Record<string, CardValue>>;
  /** How the array came to be: HISTORY cards, as many for a line as it takes. Printable ASCII. */
  readonly history?: readonly string[];
}

/** Cards that say how the bytes behind the header are to be read, or have no value. */
const structural =
  /^(SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|GROUPS|PCOUNT|GCOUNT|END|BSCALE|BZERO|BLANK|COMMENT|HISTORY|CONTINUE)$/;

/**
 * Writes an array as the primary image of a FITS file: BITPIX -64, big-endian float64, header and
 * data each padded to a multiple of 2880 bytes. The last extent of the shape becomes NAXIS1.
 *
 * @throws InvalidValue where the array has no axis (FITS has no scalars) or a card cannot be written.
 * @see FITS standard 4.0, sections 3.3 and 4.1 to 4.4.
 */
export function writeFits(array: NdArray<'real'>, options: WriteFitsOptions = {}): Uint8Array {
  const { shape, data } = array;
  if (shape.length === 0) throw unwritable('a scalar has no axes', 'shape []', 'pass shape [1]');
  const { cards: further = {}, history = [] } = optionsOf(options, 'writeFits');
  const cards = [
    ...imageCards(shape),
    ...Object.entries(further).map(([keyword, value]) => extraCard(keyword, value)),
    ...history.flatMap(historyCards),
  ];
  const header = headerBytes(cards);
  const bytes = new Uint8Array(header.length + paddedLength(data.length * 8));
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  for (let i = 0; i < data.length; i++) view.setFloat64(i * 8, data[i]);
  return bytes;
}

/** The cards that every image of float64 begins with. */
export function imageCards(shape: readonly number[]): readonly string[] {
  return [
    card('SIMPLE', true),
    card('BITPIX', -64),
    card('NAXIS', shape.length),
    ...shape.map((_, axis) => card(`NAXIS${axis + 1}`, shape[shape.length - 1 - axis])),
    card('EXTEND', true),
  ];
}

/** Cards, END and spaces, in whole blocks. */
export function headerBytes(cards: readonly string[]): Uint8Array {
  const text = [...cards, 'END'.padEnd(cardBytes)].join('');
  return new TextEncoder().encode(text.padEnd(paddedLength(text.length)));
}

export function extraCard(keyword: string, value: CardValue): string {
  if (!/^[A-Z0-9_-]{1,8}$/.test(keyword) || structural.test(keyword)) {
    throw unwritable(
      'the keyword cannot be used',
      keyword,
      'use 1 to 8 of A-Z, 0-9, - and _ that do not describe the image itself',
    );
  }
  return card(keyword, value);
}

/** A fixed-format card: numbers and logicals end in column 30, strings begin in column 11. */
export function card(keyword: string, value: CardValue): string {
  const text = `${keyword.padEnd(8)}= ${valueText(keyword, value)}`;
  if (text.length <= cardBytes) return text.padEnd(cardBytes);
  throw unwritable('the value does not fit on a card', keyword, 'shorten it to 68 characters');
}

/** Commentary fills columns 9 to 80; what does not fit goes on in the next card. */
function historyCards(line: string): readonly string[] {
  if (!/^[ -~]*$/.test(line))
    throw unwritable('the text is not printable ASCII', 'HISTORY', 'use ASCII characters 32 to 126');
  const pieces = line.match(/.{1,72}/g) ?? [''];
  return pieces.map((piece) => `HISTORY ${piece}`.padEnd(cardBytes));
}

function valueText(keyword: string, value: CardValue): string {
  if (typeof value === 'boolean') return (value ? 'T' : 'F').padStart(20);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value).toUpperCase().padStart(20);
    throw unwritable('the value is not finite', `${keyword} = ${value}`, 'pass a finite number');
  }
  if (/^[ -~]*$/.test(value)) return `'${value.replaceAll("'", "''").padEnd(8)}'`;
  throw unwritable('the value is not printable ASCII', keyword, 'use ASCII characters 32 to 126');
}

function unwritable(what: string, actual: string, remedy: string): WtildeError {
  return new WtildeError('InvalidValue', { what, where: 'writeFits', actual, remedy });
}
