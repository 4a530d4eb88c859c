import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smaLike, visibilitiesOf } from '../../src/index.js';
import {
  openVisibilityFiles,
  readVisibilityFiles,
  type Visibilities,
  writeFits,
  writeFitsFile,
  writeVisibilityFiles,
} from '../../src/node.js';

let folder: string;
let paths: { readonly data: string; readonly noiseMap: string; readonly uvWavelengths: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wtilde-'));
  const at = (name: string) => join(folder, `${name}.fits`);
  paths = { data: at('data'), noiseMap: at('noise'), uvWavelengths: at('uv') };
  await writeVisibilityFiles(paths, visibilitiesOf(smaLike({ K: 1000 })));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function all(chunks: AsyncIterable<Visibilities>): Promise<Visibilities[]> {
  const found: Visibilities[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

function joined(chunks: readonly Visibilities[]): Visibilities {
  const values = (name: keyof Visibilities) => chunks.flatMap((chunk) => [...chunk[name].data]);
  const uv = values('uvWavelengths');
  return {
    data: complex(values('data')),
    noiseMap: complex(values('noiseMap')),
    uvWavelengths: real(uv, [uv.length / 2, 2]),
  };
}

test.each([1, 7, 250, 1000, 5000])('chunks of %s are the files, again and again', async (chunkSize) => {
  const { count, chunks } = await openVisibilityFiles(paths, { chunkSize });
  expect(count).toBe(1000);
  const whole = await readVisibilityFiles(paths);
  for (const _ of ['once', 'again']) {
    const found = await all(chunks());
    expect(found).toHaveLength(Math.ceil(1000 / chunkSize));
    expect(joined(found)).toEqual(whole);
  }
});

test('scaled integers become the same numbers', async () => {
  const header = [
    'SIMPLE  = T',
    'BITPIX  = 16',
    'NAXIS   = 2',
    'NAXIS1  = 2',
    'NAXIS2  = 3',
    'BSCALE  = 0.5',
    'BZERO   = 3',
    'END',
  ];
  const text = header
    .map((card) => card.replace('= ', '= '.padEnd(2)).padEnd(80))
    .join('')
    .padEnd(2880);
  const values = Buffer.alloc(2880);
  for (const [at, value] of [1, 2, 3, -4, 5, 6].entries()) values.writeInt16BE(value, 2 * at);
  const file = join(folder, 'integers.fits');
  await writeFile(file, Buffer.concat([Buffer.from(text, 'latin1'), values]));
  const { chunks } = await openVisibilityFiles({ data: file, noiseMap: file, uvWavelengths: file }, { chunkSize: 2 });
  expect([...joined(await all(chunks())).data.data]).toEqual([3.5, 4, 4.5, 1, 5.5, 6]);
});

test('a signal stops between chunks', async () => {
  const controller = new AbortController();
  const { chunks } = await openVisibilityFiles(paths, { chunkSize: 100, signal: controller.signal });
  const seen: Visibilities[] = [];
  const reading = (async () => {
    for await (const chunk of chunks()) {
      seen.push(chunk);
      controller.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'Aborted' });
  expect(seen).toHaveLength(1);
});

describe('files that cannot be used', () => {
  test('one that is not there', async () => {
    const opening = openVisibilityFiles({ ...paths, noiseMap: join(folder, 'nothing.fits') });
    await expect(opening).rejects.toMatchObject({
      code: 'FileUnreadable',
      where: expect.stringContaining('nothing.fits'),
    });
  });

  test('one with fewer bytes than its header says', async () => {
    const file = join(folder, 'short.fits');
    await writeFile(file, writeFits(real(new Float64Array(2000), [1000, 2])));
    await truncate(file, 2880 + 15000);
    await expect(openVisibilityFiles({ ...paths, data: file })).rejects.toMatchObject({
      code: 'FileFormat',
      actual: '15000 bytes',
    });
  });

  test.each([
    ['no pairs', [1000, 3]],
    ['another number of visibilities', [999, 2]],
  ])('%s', async (_name, shape) => {
    const file = join(folder, 'shape.fits');
    await writeFitsFile(file, real(new Float64Array(shape[0] * shape[1]), shape));
    await expect(openVisibilityFiles({ ...paths, uvWavelengths: file })).rejects.toMatchObject({
      code: 'ShapeMismatch',
    });
  });
});
