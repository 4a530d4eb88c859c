import { createHash } from 'node:crypto';
import { type FilePath, withFile } from './io.js';

const bytesPerPiece = 2 ** 18;

/** SHA-256 of a file in hexadecimal digits, as `sha256sum` prints it. Throws FileUnreadable. */
export async function sha256Of(path: FilePath): Promise<string> {
  return await withFile(path, async (handle) => {
    const hash = createHash('sha256');
    const piece = new Uint8Array(bytesPerPiece);
    for (let at = 0; ; ) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, at);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
  });
}
