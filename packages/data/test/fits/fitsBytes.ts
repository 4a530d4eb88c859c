/** A FITS file by hand: SIMPLE = T unless given, the cards as they are, further card texts, the data. */
export function fitsBytes(
  cards: Readonly<Record<string, string | number>>,
  data: Uint8Array = new Uint8Array(),
  further: readonly string[] = [],
): Uint8Array {
  const header = Object.entries({ SIMPLE: 'T', ...cards })
    .map(([keyword, value]) => `${keyword.padEnd(8)}= ${value}`)
    .concat(further, 'END')
    .map((card) => card.padEnd(80))
    .join('');
  const padded = header.padEnd(Math.ceil(header.length / 2880) * 2880);
  const bytes = new Uint8Array(padded.length + Math.ceil(data.length / 2880) * 2880);
  for (let i = 0; i < padded.length; i++) bytes[i] = padded.charCodeAt(i);
  bytes.set(data, padded.length);
  return bytes;
}
