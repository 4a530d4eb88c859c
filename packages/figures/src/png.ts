import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** What a renderer of PNG needs beside the SVG. */
export interface PngRendererFiles {
  /** `@resvg/resvg-wasm/index_bg.wasm` */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** Those of this package, or others. The first one is used where a figure asks for what is not there. */
  readonly fonts: readonly Uint8Array[];
}

export interface PngOptions {
  /** Pixels of the PNG for one of the SVG. Default 2. */
  readonly scale?: number | undefined;
}

/**
 * A function that makes a PNG of an SVG, by resvg in WebAssembly: the same bits on every machine, whatever fonts it has.
 * In Node, `createPngRenderer` of `@wtilde/figures/node` finds the files.
 */
export async function pngRendererFrom({
  wasm,
  fonts,
}: PngRendererFiles): Promise<(svg: string, options?: PngOptions) => Uint8Array> {
  try {
    await initWasm(wasm);
  } catch (error) {
    // It keeps one instance for the whole process.
    if (!/already/i.test(String(error))) throw error;
  }
  return (svg, { scale = 2 } = {}) => {
    const drawing = new Resvg(svg, {
      font: { fontBuffers: [...fonts], defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
      fitTo: { mode: 'zoom', value: scale },
    });
    try {
      const rendered = drawing.render();
      const bytes = rendered.asPng();
      rendered.free();
      return bytes;
    } finally {
      drawing.free();
    }
  };
}
