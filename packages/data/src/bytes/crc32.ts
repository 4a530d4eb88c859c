const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** The CRC-32 of ZIP (ISO 3309, reflected polynomial 0xEDB88320), as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  return crc32Of(bytes, 0);
}

/** The CRC-32 of some bytes behind others, whose CRC-32 is `before`. */
export function crc32Of(bytes: Uint8Array, before: number): number {
  let value = before ^ 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ table[(value ^ bytes[i]) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
}
