/** An NPY file by hand. The shape is given as numbers or as the text of the tuple. */
export function npyBytes(
  descr: string,
  shape: readonly number[] | string,
  data: Uint8Array = new Uint8Array(),
  fortranOrder = false,
): Uint8Array {
  const tuple = typeof shape === 'string' ? shape : `(${shape.map((extent) => `${extent},`).join(' ')})`;
  const order = fortranOrder ? 'True' : 'False';
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }\n`;
  const bytes = new Uint8Array(10 + header.length + data.length);
  const start = `\x93NUMPY\x01\x00`;
  for (let i = 0; i < 8; i++) bytes[i] = start.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[10 + i] = header.charCodeAt(i);
  bytes.set(data, 10 + header.length);
  return bytes;
}
