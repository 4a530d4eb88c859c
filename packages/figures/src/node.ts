import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type PngOptions, pngRendererFrom } from './png.js';

export * from './index.js';

/** `pngRendererFrom` with the files of this package and of resvg. */
export async function createPngRenderer(): Promise<(svg: string, options?: PngOptions) => Uint8Array> {
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  const fonts = ['latin', 'greek'].map((part) => new URL(`../fonts/inter-${part}.woff2`, import.meta.url));
  const [program, ...letters] = await Promise.all([wasm, ...fonts].map((file) => readFile(file)));
  return await pngRendererFrom({ wasm: new Uint8Array(program), fonts: letters });
}
