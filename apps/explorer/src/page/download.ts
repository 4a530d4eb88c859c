import { zipSync } from 'fflate';
import type { MadeFile } from '../engine/protocol.js';

/** Several files as one archive. */
export function downloadZip(files: readonly MadeFile[], name: string): void {
  const entries = Object.fromEntries(files.map((file) => [`${name}/${file.name}`, file.bytes]));
  download(zipSync(entries), 'application/zip', `${name}.zip`);
}

export function download(content: string | Uint8Array<ArrayBuffer>, type: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
