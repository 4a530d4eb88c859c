/** Visibilities of a model in the place of those of a UVFITS file. */
import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { OpenBytes } from '../bytes/source.js';
import { parseFetched } from '../fits/parsing.js';
import { frequenciesOf } from '../uvfits/frequencies.js';
import { decoderOf } from '../uvfits/groups.js';
import { checkGroups, findGroups, type GroupLayout } from '../uvfits/layout.js';
import { stokesOf } from '../uvfits/stokes.js';
import { readTables, type Tables } from '../uvfits/tables.js';
import { byteSource } from './byteSource.js';
import { type FilePath, fileName } from './io.js';
import { checkOutputs } from './outputs.js';
import type { WriteFileOptions } from './write.js';
import { type GrowingFile, writePieces } from './writePieces.js';

/** What a model makes of baselines (K, 2) in wavelengths: K visibilities of total intensity. */
export type ModelVisibilities = (uvWavelengths: NdArray<'real'>) => Promise<NdArray<'complex'>> | NdArray<'complex'>;

const pieceBytes = 2 ** 21;
const totalIntensity = ['I', 'RR', 'LL', 'XX', 'YY'];

/**
 * Copies a UVFITS file with the visibilities of a model in it, of every channel, spectral window and source: I and
 * parallel hands have the model, everything else is 0. Weights, flags, parameters and tables are those of the file, so
 * that whatever images the data images the model, or the residuals. Memory is that of a piece.
 *
 * @param conjugate whether imaginary parts change their sign on the way, as they do in `importUvfits`; default true.
 * @throws what `openUvfitsFile` and `writeFiles` throw; InvalidValue for a file of integers; ShapeMismatch where the model
 *   does not give as many visibilities as it was asked for.
 */
export async function writeUvfitsModel(
  path: FilePath,
  out: FilePath,
  model: ModelVisibilities,
  { conjugate = true, ...options }: WriteFileOptions & { readonly conjugate?: boolean | undefined } = {},
): Promise<void> {
  await checkOutputs([out], { ...options, inputs: [path] });
  const where = fileName(path);
  const bytes = await (await byteSource(path)).open();
  try {
    const layout = await parseFetched(findGroups(where), bytes.fetch);
    checkGroups(bytes.size, layout, where);
    if (layout.type.integer) throw integers(where);
    const tables = await readTables(bytes, layout, where);
    await writePieces(
      [out],
      async ([file]) => {
        const { groups, bytesPerGroup, dataStart } = layout;
        await copy(bytes, file, 0, dataStart);
        const most = Math.max(1, Math.min(groups, Math.floor(pieceBytes / Math.max(1, bytesPerGroup))));
        const fill = fillerOf(layout, most, tables, model, conjugate ? -1 : 1, where);
        for (let first = 0; first < groups; first += most) {
          const count = Math.min(most, groups - first);
          const piece = (await bytes.fetchAll(dataStart + first * bytesPerGroup, count * bytesPerGroup)).slice();
          await fill(piece, first, count);
          await file.append(piece);
        }
        await copy(bytes, file, dataStart + groups * bytesPerGroup, bytes.size);
      },
      options,
    );
  } finally {
    await bytes.close();
  }
}

async function copy(bytes: OpenBytes, file: GrowingFile, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += pieceBytes)
    await file.append(await bytes.fetchAll(at, Math.min(pieceBytes, to - at)));
}

function fillerOf(
  layout: GroupLayout,
  most: number,
  tables: Tables,
  model: ModelVisibilities,
  sign: 1 | -1,
  where: string,
) {
  const { axes, type, scale, zero, valuesPerGroup, parametersPerGroup } = layout;
  const { complex, stokes, freq, if: windows } = axes;
  const hands = stokesOf(stokes);
  const decode = decoderOf(layout, [0], most);
  const perGroup = windows.extent * freq.extent;

  return async (piece: Uint8Array, first: number, count: number): Promise<void> => {
    const { u, v, setup, source } = decode(piece, first, count);
    const uv = new Float64Array(2 * count * perGroup);
    for (let g = 0, at = 0; g < count; g++) {
      const [known, id] = [setup[g] < 0 ? undefined : setup[g], source[g] < 0 ? undefined : source[g]];
      for (const hertz of frequenciesOf(axes, tables, known, id, where)) {
        uv[at++] = u[g] * hertz;
        uv[at++] = v[g] * hertz;
      }
    }
    const { data } = await model(real(uv, [count * perGroup, 2]));
    if (data.length !== uv.length) throw otherCount(uv.length / 2, data.length / 2);
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    const put = (at: number, value: number) => {
      const stored = scale === 1 && zero === 0 ? value : (value - zero) / scale;
      if (type.bytes === 4) view.setFloat32(4 * at, stored);
      else view.setFloat64(8 * at, stored);
    };
    for (let g = 0, k = 0; g < count; g++) {
      for (let place = 0; place < perGroup; place++, k++) {
        const [window, channel] = [Math.floor(place / freq.extent), place % freq.extent];
        const start = g * valuesPerGroup + parametersPerGroup + window * windows.stride + channel * freq.stride;
        for (const [hand, name] of hands.entries()) {
          const at = start + hand * stokes.stride;
          const has = totalIntensity.includes(name) ? 1 : 0;
          put(at, has * data[2 * k]);
          put(at + complex.stride, has * sign * data[2 * k + 1]);
        }
      }
    }
  };
}

function integers(where: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the visibilities of the file are integers, which would round those of a model',
    where,
    expected: 'BITPIX -32 or -64',
    actual: 'integers',
    remedy: 'export the visibilities again, as floats',
  });
}

function otherCount(expected: number, actual: number): WtildeError {
  return new WtildeError('ShapeMismatch', {
    what: 'the model gives another number of visibilities',
    where: 'writeUvfitsModel model',
    expected: String(expected),
    actual: String(actual),
    remedy: 'return one visibility for every row of uvWavelengths',
  });
}
