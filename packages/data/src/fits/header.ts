import { malformed } from '../fileErrors.js';

/** A FITS card's value. */
export type CardValue = string | number | boolean;

/** The keywords of a header with their values; commentary cards are left out. */
export type FitsHeader = ReadonlyMap<string, CardValue>;

/** FITS is written in blocks of this many bytes. */
export const blockBytes = 2880;
/** A header is a sequence of cards of this many ASCII characters. */
export const cardBytes = 80;

const number = /^[+-]?(\d+\.?\d*|\.\d+)([EeDd][+-]?\d+)?$/;

/**
 * Reads the first header of a FITS file.
 *
 * @returns the header and the offset of the first data block, which may lie beyond the last byte.
 * @throws FileFormat where the bytes do not start with `SIMPLE = T` or hold no END card.
 */
export function parseHeader(
  bytes: Uint8Array,
  where: string,
): { readonly header: FitsHeader; readonly dataStart: number } {
  if (cardText(bytes, 0).slice(0, 10) !== 'SIMPLE  = ') {
    throw malformed(where, 'this is not a FITS file', {
      expected: 'a first card SIMPLE = T',
      actual: bytes.length === 0 ? 'no bytes' : printable(cardText(bytes, 0).slice(0, 16)),
    });
  }
  const header = new Map<string, CardValue>();
  for (let at = 0; at + cardBytes <= bytes.length; at += cardBytes) {
    const card = cardText(bytes, at);
    const keyword = card.slice(0, 8).trimEnd();
    if (keyword === 'END') {
      const dataStart = Math.ceil((at + cardBytes) / blockBytes) * blockBytes;
      if (header.get('SIMPLE') !== true) {
        throw malformed(where, 'the file says that it does not conform to FITS', {
          expected: 'SIMPLE = T',
          actual: `SIMPLE = ${String(header.get('SIMPLE'))}`,
        });
      }
      return { header, dataStart };
    }
    if (card.slice(8, 10) !== '= ') continue;
    const value = parseValue(card.slice(10));
    if (value !== undefined && !header.has(keyword)) header.set(keyword, value);
  }
  throw malformed(where, 'the file is truncated: its header has no END card', {
    actual: `${bytes.length} bytes`,
  });
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
