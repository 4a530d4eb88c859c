import { malformed } from '../bytes/fileErrors.js';
import { type ByteKind, kindBytes, kindOf } from '../bytes/kind.js';
import type { Parsing } from './parsing.js';

/** A FITS card's value. */
export type CardValue = string | number | boolean;

/** The keywords of a header with their values; commentary cards are left out. */
export type FitsHeader = ReadonlyMap<string, CardValue>;

/** A header, and where the data behind it begin, which may lie beyond the last byte. */
export interface ParsedHeader {
  readonly header: FitsHeader;
  readonly dataStart: number;
}

/** FITS is written in blocks of this many bytes. */
const blockBytes = 2880;
/** A header is a sequence of cards of this many ASCII characters. */
export const cardBytes = 80;

/** Whole blocks: most headers are shorter. */
const firstBytes = 4 * blockBytes;
const moreBytes = 256 * blockBytes;
/** HISTORY of years takes a few MiB; what has no END by then has none. */
const longestBytes = 64 * 2 ** 20;

const number = /^[+-]?(\d+\.?\d*|\.\d+)([EeDd][+-]?\d+)?$/;

/**
 * Reads the first header of a FITS file.
 *
 * @throws FileFormat where the bytes do not start with `SIMPLE = T` or hold no END card.
 */
export function* primaryHeader(where: string): Parsing<ParsedHeader> {
  const start = yield { at: 0, length: kindBytes };
  if (cardText(start, 0).slice(0, 10) !== 'SIMPLE  = ') {
    const { id, name } = kindOf(start);
    throw malformed(where, 'this is not a FITS file', {
      expected: 'a first card SIMPLE = T',
      actual: id === 'other' ? printable(cardText(start, 0).slice(0, 16)) : name,
      remedy: remedies[id] ?? 'check that the file is complete and was written by a standard tool',
    });
  }
  const parsed = yield* cardsFrom(0, where);
  if (parsed.header.get('SIMPLE') === true) return parsed;
  throw malformed(where, 'the file says that it does not conform to FITS', {
    expected: 'SIMPLE = T',
    actual: `SIMPLE = ${String(parsed.header.get('SIMPLE'))}`,
  });
}

const remedies: Readonly<Partial<Record<ByteKind['id'], string>>> = {
  gzip: 'unpack it with gunzip',
  bzip2: 'unpack it with bunzip2',
  pointer: 'fetch the file with git lfs pull',
  html: 'download the file itself; a login page came instead',
  npz: 'export the arrays as FITS images',
};

/** The header of an extension that begins there; undefined where none does. */
export function* extensionHeader(at: number, where: string): Parsing<ParsedHeader | undefined> {
  const start = yield { at, length: cardBytes };
  return cardText(start, 0).startsWith('XTENSION= ') ? yield* cardsFrom(at, where) : undefined;
}

function* cardsFrom(start: number, where: string): Parsing<ParsedHeader> {
  const header = new Map<string, CardValue>();
  let at = start;
  for (let length = firstBytes; at - start < longestBytes; length = moreBytes) {
    const bytes = yield { at, length };
    for (let card = 0; card + cardBytes <= bytes.length; card += cardBytes) {
      if (takeCard(cardText(bytes, card), header)) continue;
      return { header, dataStart: start + paddedLength(at + card + cardBytes - start) };
    }
    at += bytes.length;
    if (bytes.length < length) break;
  }
  throw malformed(where, 'the file is truncated: its header has no END card', { actual: `${at} bytes` });
}

/** The next multiple of a block. */
export function paddedLength(length: number): number {
  return Math.ceil(length / blockBytes) * blockBytes;
}

/** Adds a card to a header; false for the last one. */
function takeCard(card: string, header: Map<string, CardValue>): boolean {
  const keyword = card.slice(0, 8).trimEnd();
  if (keyword === 'END') return false;
  if (card.slice(8, 10) !== '= ') return true;
  const value = parseValue(card.slice(10));
  if (value !== undefined && !header.has(keyword)) header.set(keyword, value);
  return true;
}

/** The value field of a card without its comment; undefined where there is none. */
function parseValue(field: string): CardValue | undefined {
  const text = field.trimStart();
  if (text.startsWith("'")) {
    const quoted = /^'((?:[^']|'')*)'/.exec(text);
    return quoted === null ? undefined : quoted[1].replaceAll("''", "'").trimEnd();
  }
  const plain = text.split('/', 1)[0].trim();
  if (plain === 'T') return true;
  if (plain === 'F') return false;
  if (number.test(plain)) return Number(plain.replace(/[Dd]/, 'E'));
  return plain === '' ? undefined : plain;
}

function cardText(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + cardBytes));
}

function printable(text: string): string {
  return JSON.stringify(text.replace(/[^ -~]/g, '?'));
}
