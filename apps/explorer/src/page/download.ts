import { zipSync } from 'fflate';
import type { MadeFile } from '../engine/protocol.js';

/** Several files as one archive. */
export function download(files: readonly MadeFile[], name: string): void {
  const entries = Object.fromEntries(files.map((file) => [`${name}/${file.name}`, file.bytes]));
  save(new Blob([zipSync(entries)], { type: 'application/zip' }), `${name}.zip`);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
