import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complex, index, type NdArray, real } from '@wtilde/core-types';
import { fieldNamed } from '@wtilde/data';
import { bundledPaths } from '@wtilde/data/node';
import { describe, expect, test } from 'vitest';
import { fileOf, folder, small, smallWith } from './datasets.js';
import { expectRefused, invoke } from './invoke.js';

type Changes = Readonly<Record<string, NdArray | undefined>>;

/** A field of the small dataset with one number replaced. */
function changed(name: string, at: number, value: number): Changes {
  const field = fieldNamed(small, name);
  if (field === undefined) throw new Error(`no field ${name}`);
  const data = field.data.slice();
  data[at] = value;
  if (field.dtype === 'index') return { [name]: index(data, field.shape) };
  return { [name]: field.dtype === 'complex' ? complex(data, field.shape) : real(data, field.shape) };
}

const rows = fieldNamed(small, 'pix_indexes_for_sub_slim_index')?.shape[0] ?? 0;
const constant = (value: number) => index(new Int32Array(3 * rows).fill(value), [rows, 3]);

describe('arrays that cannot be right', () => {
  test.each<[what: string, changes: Changes, pattern: RegExp]>([
    ['a wrong shape', { uv_wavelengths: real(new Float64Array(24)) }, /uvWavelengths.*wrong shape.*\[K, 2\].*\[24\]/],
    ['sizes that differ', { uv_wavelengths: real(new Float64Array(46), [23, 2]) }, /K = 2[34].*K = 2[34]/],
    [
      'a wrong dtype',
      { uv_wavelengths: complex(new Float64Array(96), [24, 2]) },
      /uv_wavelengths.*another type.*complex/,
    ],
    ['a scalar that is an array', { pixels: index([20, 20]) }, /pixels.*\[2\]/],
    ['an index out of range', { pix_indexes_for_sub_slim_index: constant(20) }, /-1 to 19.*got 20 at \[0, 0\]/],
    ['a valid entry after -1', changed('pix_indexes_for_sub_slim_index', 0, -1), /row 0 has a valid entry after a -1/],
    ['a pixel outside of the square', changed('native_index_for_slim_index', 0, 8), /nativeIndex.*0 to 7.*got 8/],
    ['neighbours that are not mutual', changed('neighbors_sizes', 0, 0), /neighbours are no undirected graph/],
    ['NaN', changed('uv_wavelengths', 3, Number.NaN), /uvWavelengths.*NaN at \[1, 1\]/],
    ['infinity', changed('data', 4, Number.POSITIVE_INFINITY), /data.*Infinity at \[2\] \(real part\)/],
    ['zero noise', changed('noise_map', 7, 0), /noiseMap.*0 at \[3\] \(imaginary part\)/],
    ['no source pixel', { pixels: index([0], []) }, /S differs from that of pixels/],
  ])('%s', async (_what, changes, pattern) => {
    expectRefused(await invoke('likelihood', '--inputs', await smallWith(changes)), pattern);
  });

  test('a zero visibility in w_tilde_data', async () => {
    const path = await smallWith({ ...changed('visibilities_real', 5, 0) });
    expectRefused(
      await invoke('kernel', 'w_tilde_data_interferometer_from', '--inputs', path),
      /visibilitiesReal.*none zero.*0 at \[5\]/,
    );
  });

  test('F+H that is not positive definite', async () => {
    const path = await smallWith({
      curvature_reg_matrix: real(Float64Array.of(1, 2, 2, 1), [2, 2]),
      data_vector: real([1, 1]),
    });
    for (const backend of ['loops', 'reference']) {
      expectRefused(
        await invoke('kernel', 'reconstruction_positive_negative_from', '--inputs', path, '--backend', backend),
        /positive/,
      );
    }
  });

  test('W that makes F+H indefinite, in the whole evidence', async () => {
    const path = await smallWith({ w_compact: real(new Float64Array(8 * 15).fill(-1), [8, 15]) });
    expectRefused(await invoke('likelihood', '--inputs', path), /positive/);
  });
});

describe('what is missing', () => {
  test('an array: its name and what is there', async () => {
    const path = await smallWith({ neighbors: undefined });
    expectRefused(await invoke('likelihood', '--inputs', path), /neighbors.*uv_wavelengths.*add neighbors/);
  });

  test('every description of W', async () => {
    const path = await smallWith({ noise_map: undefined, noise_map_real: undefined, uv_wavelengths: undefined });
    expectRefused(await invoke('likelihood', '--inputs', path), /what W is.*grid_size.*w_tilde_preload.*pix_indexes/);
  });

  test('everything: an archive of results', async () => {
    expectRefused(await invoke('likelihood', '--inputs', await fileOf(small, 'out.')), /holds no inputs/);
  });

  test('the argument of a kernel', async () => {
    const path = await fileOf({ pixels: index([4], []) });
    expectRefused(
      await invoke('kernel', 'chi_squared_0_from', '--inputs', path),
      /chiSquared0From\(data\).*the fields pixels.*add data/,
    );
  });
});

describe('files that are not what they should be', () => {
  const fileWith = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test('no file', async () => {
    expectRefused(await invoke('likelihood', '--inputs', join(folder, 'absent.npz')), /absent\.npz: .*cannot be read/);
  });

  test('a folder', async () => {
    expectRefused(await invoke('likelihood', '--inputs', folder), /cannot be read/);
  });

  test('a truncated archive', async () => {
    const whole = readFileSync(bundledPaths().inputs);
    const path = fileWith('cut.npz', whole.subarray(0, whole.length / 2));
    expectRefused(await invoke('likelihood', '--inputs', path), /cut\.npz/);
  });

  test('an archive with a damaged array', async () => {
    const damaged = Uint8Array.from(readFileSync(await fileOf(small)));
    damaged.fill(0, 200, 400);
    expectRefused(await invoke('likelihood', '--inputs', fileWith('damaged.npz', damaged)), /damaged\.npz/);
  });

  test('a FITS file, whole or truncated, and bytes of no format', async () => {
    const fits = readFileSync(bundledPaths().data);
    const files = {
      'data.fits': fits,
      'cut.fits': fits.subarray(0, 1000),
      'empty.npz': new Uint8Array(0),
      'text.npz': Buffer.from('no'),
    };
    for (const [name, bytes] of Object.entries(files)) {
      expectRefused(
        await invoke('likelihood', '--inputs', fileWith(name, bytes)),
        new RegExp(name.replace('.', '\\.')),
      );
    }
  });

  test('an archive that would unpack to more than allowed', async () => {
    const huge = await fileOf({ ...small, w_tilde: real(new Float64Array(3e6), [1000, 3000]) });
    expectRefused(await invoke('likelihood', '--inputs', huge, '--max-bytes', '20000000'), /larger than the limit/);
  });
});

describe('names and options that do not exist', () => {
  test.each<[argv: readonly string[], pattern: RegExp]>([
    [['likelihood', '--backend', 'foo'], /reference, loops, wasm, tfjs, webgpu, got foo/],
    [['kernel', 'foo'], /mapping_matrix_from, got foo\); use a name that wtilde kernel --help lists/],
    [['kernel', 'mapping_matrix_from', '--backend', 'foo'], /got foo/],
    [['kernel', 'mapping_matrix_from', '--method', 'foo'], /scatter, got foo/],
    [['kernel', 'mapping_matrix_from', '--repeat', '0'], /--repeat.*got 0/],
    [['kernel', 'mapping_matrix_from', '--repeat', '2.5'], /--repeat.*got 2\.5/],
    [['kernel', 'mapping_matrix_from', '--tolerance', '1'], /--tolerance.*got 1/],
    [['kernel', 'mapping_matrix_from', '--tolerance', ''], /--tolerance.*got nothing/],
    [['likelihood', '--max-bytes', 'much'], /--max-bytes.*got much/],
    [['kernel'], /missing required argument 'name'; wtilde kernel --help shows the usage/],
    [['kernl'], /unknown command 'kernl'; did you mean kernel\? wtilde --help shows the usage/],
    [['version'], /unknown command 'version'; did you mean wtilde --version\?/],
    [['help', 'evidense'], /no such command \(got evidense\); did you mean 'evidence'\?/],
    [['likelihood', '--jsn'], /unknown option '--jsn'; did you mean --json\? wtilde likelihood --help/],
    [
      ['likelihood', 'dataset.npz'],
      /likelihood: too many arguments .*got dataset\.npz\); see wtilde likelihood --help/,
    ],
    [
      ['evidence'],
      /^wtilde: evidence: options are missing \(expected --data <dir> and --lens <file\.json>\); for example/,
    ],
    [['evidence', '--lens', 'lens.json'], /an option is missing \(expected --data <dir>\)/],
    [['evidence', 'help'], /see wtilde evidence --help/],
    [['evidence', 'observed', '--lens', 'lens.json'], /too many arguments .*write --data observed/],
    [['evidence', '--dat', 'observed'], /unknown option '--dat'; did you mean --data\?/],
    [['sample', '--sampler', 'nut'], /--sampler: .*importance or nested or nuts, got nut.*did you mean 'nuts'/],
    [
      ['lens', '--lens', 'absent.json'],
      /absent\.json: .*ENOENT: no such file or folder.*check the path, which begins in /,
    ],
    [['lens', '--lens', '.'], /EISDIR: a folder/],
    [['likelihood', '--inputs'], /argument missing/],
    [['diff', 'loops'], /one backend cannot be compared/],
    [['diff', 'loops', 'foo'], /got foo/],
  ])('%j', async (argv, pattern) => {
    expectRefused(await invoke(...argv), pattern);
  });
});

test('JSON with a slip: the line and column of it', async () => {
  const lens = join(folder, 'slip.json');
  writeFileSync(lens, '{\n  "mass": [{ "type": "Isothermal" "einsteinRadius": 1 }]\n}\n');
  expectRefused(await invoke('lens', '--lens', lens), /not JSON .*(at line 2, column 35|line 2 column 35)/);
});

test('all that is missing of the pixels of the sky, at once', async () => {
  const lens = join(folder, 'right.json');
  writeFileSync(lens, '{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1 }] }');
  const refused = await invoke(
    'evidence',
    '--data',
    fileURLToPath(new URL('.', bundledPaths().data)),
    '--lens',
    lens,
    '--shape',
    '50',
  );
  expectRefused(
    refused,
    /--mask-radius, --pixel-scale: .*add for example --mask-radius 3 --pixel-scale 0\.1; wtilde info/,
  );
});

test.each([
  ['delaunay', /overlay:ROWSxCOLUMNS.*hilbert:PIXELS.*a Delaunay mesh is overlay:30x30:barycentric/],
  ['overlay:30', /expected overlay:ROWSxCOLUMNS\[:INTERPOLATION\]; INTERPOLATION is \w+, \w+, \w+, got "overlay:30"/],
  ['overlai:30x30', /did you mean 'overlay'/],
])('a mesh %s: how the one that was meant is written', async (mesh, pattern) => {
  const lens = join(folder, 'right.json');
  writeFileSync(lens, '{ "mass": [{ "type": "Isothermal", "einsteinRadius": 1 }] }');
  expectRefused(await invoke('evidence', '--data', folder, '--lens', lens, '--mesh', mesh), pattern);
});

test('an empty dataset is refused, not computed', async () => {
  const { code } = await invoke('likelihood', '--inputs', await fileOf({ data: complex([]) }));
  expect(code).toBe(2);
});
