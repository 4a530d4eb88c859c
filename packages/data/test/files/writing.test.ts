import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complex, real } from '@wtilde/core-types';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  checkOutputs,
  readFitsFile,
  readNpzFile,
  readVisibilityFiles,
  type Visibilities,
  writeFiles,
  writeFitsFile,
  writeNpzFile,
  writeVisibilityFiles,
} from '../../src/node.js';
import { rejectionOf } from '../errors.js';

let folder = '';
const at = (...names: readonly string[]) => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wtilde-write-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  const left = readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('.wtilde-'));
  expect(left).toEqual([]);
});

const bytes = Uint8Array.of(1, 2, 3);
const write = (path: string, options = {}) => writeFiles([{ path, bytes }], options);
const posix = process.platform !== 'win32';

function observed(value: number): Visibilities {
  return {
    data: complex([value, value]),
    noiseMap: complex([1, 1]),
    uvWavelengths: real([value, 1], [1, 2]),
  };
}

describe('what is no new file', () => {
  test('one that exists is kept where overwrite is false', async () => {
    writeFileSync(at('kept'), 'precious');
    expect((await rejectionOf(write(at('kept'), { overwrite: false }), 'FileUnwritable')).remedy).toContain('--force');
    expect(readFileSync(at('kept'), 'utf8')).toBe('precious');
    await write(at('new'), { overwrite: false });
    await write(at('kept'));
    expect(readFileSync(at('kept'))).toEqual(readFileSync(at('new')));
  });

  test('a symbolic link is written through, also one that leads nowhere yet', async () => {
    writeFileSync(at('real'), 'old');
    mkdirSync(at('sub'));
    symlinkSync('real', at('link'));
    symlinkSync('../later', at('sub', 'dangling'));
    symlinkSync('dangling', at('sub', 'twice'));
    await write(at('link'));
    await write(at('sub', 'twice'));
    expect(readlinkSync(at('link'))).toBe('real');
    expect(lstatSync(at('sub', 'dangling')).isSymbolicLink()).toBe(true);
    for (const name of ['real', 'later']) expect([...readFileSync(at(name))]).toEqual([1, 2, 3]);
    symlinkSync('circle', at('circle'));
    await rejectionOf(write(at('circle')), 'FileUnwritable');
  });

  test.skipIf(!posix)('modes are kept', async () => {
    writeFileSync(at('script'), 'old');
    chmodSync(at('script'), 0o750);
    await write(at('script'));
    expect(statSync(at('script')).mode & 0o777).toBe(0o750);
  });

  test.skipIf(!posix)('a pipe is written into, and read from', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('pipe')]);
    const reader = spawn('cat', [at('pipe')]);
    const read: Buffer[] = [];
    reader.stdout.on('data', (piece: Buffer) => read.push(piece));
    const ended = new Promise((done) => reader.stdout.on('end', done));
    await write(at('pipe'), { overwrite: false });
    await ended;
    expect([...Buffer.concat(read)]).toEqual([1, 2, 3]);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
    const array = real(Float64Array.from({ length: 50_000 }, (_, i) => i));
    const reading = readNpzFile(at('pipe'));
    await writeNpzFile(at('pipe'), { array }, { level: 0 });
    expect(await reading).toEqual({ array });
  });

  test.skipIf(!posix)('a device is written into', async () => {
    await write('/dev/null', { overwrite: false });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')('a device that takes nothing is no success', async () => {
    expect((await rejectionOf(write('/dev/full'), 'FileUnwritable')).actual).toContain('ENOSPC');
  });
});

describe('several at once', () => {
  test('writers of one file do not break each other', async () => {
    const array = real(new Float64Array(100_000).fill(1));
    await Promise.all([0, 1, 2, 3].map((i) => writeNpzFile(at('same.npz'), { array, i: real([i], []) })));
    expect(Object.keys(await readNpzFile(at('same.npz')))).toEqual(['array', 'i']);
    await Promise.all([0, 1, 2, 3].map((i) => writeFitsFile(at('same.fits'), real(new Float64Array(9999).fill(i)))));
    const { data } = await readFitsFile(at('same.fits'));
    expect(new Set(data).size).toBe(1);
  });

  test('writers of one folder leave one dataset', async () => {
    const makeFolder = true;
    await Promise.all([1, 2, 3, 4].map((i) => writeVisibilityFiles(at('set', 'a'), observed(i), { makeFolder })));
    const { data, uvWavelengths } = await readVisibilityFiles(at('set', 'a'));
    expect(uvWavelengths.data[0]).toBe(data.data[0]);
  });

  test('three files or none: what was there comes back', async () => {
    const paths = ['data', 'noiseMap', 'uvWavelengths'].map((name) => at(`triple-${name}`));
    const [first, second, third] = paths;
    writeFileSync(first, 'before');
    const files = paths.map((path) => ({ path, bytes }));
    // The same file under two names: the second time it is no longer free.
    await rejectionOf(writeFiles([...files.slice(1), files[1]], { overwrite: false }), 'FileUnwritable');
    for (const path of [second, third]) expect(() => statSync(path)).toThrow('ENOENT');
    mkdirSync(third);
    await rejectionOf(writeFiles(files), 'FileUnwritable');
    expect(readFileSync(first, 'utf8')).toBe('before');
    expect(() => statSync(second)).toThrow('ENOENT');
  });

  test.skipIf(!posix)('a file that cannot be replaced at the last moment: the others come back', async () => {
    for (const name of ['first', 'last']) writeFileSync(at(name), 'before');
    chmodSync(at('first'), 0o640);
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('wait')]);
    // The pipe holds the writer up when all is written and nothing replaced.
    const writing = writeFiles(['first', 'fresh', 'wait', 'last'].map((name) => ({ path: at(name), bytes })));
    const refused = rejectionOf(writing, 'FileUnwritable');
    const partial = () => readdirSync(folder).filter((name) => name.endsWith('.partial'));
    await expect.poll(() => partial().length).toBe(3);
    rmSync(at('last'));
    mkdirSync(at('last', 'inside'), { recursive: true });
    expect([...(await readFile(at('wait')))]).toEqual([1, 2, 3]);
    expect((await refused).where).toBe(at('last'));
    expect(readFileSync(at('first'), 'utf8')).toBe('before');
    expect(statSync(at('first')).mode & 0o777).toBe(0o640);
    expect(() => statSync(at('fresh'))).toThrow('ENOENT');
  });

  test('a signal stops them before anything is replaced', async () => {
    const controller = new AbortController();
    writeFileSync(at('steady'), 'before');
    const large = { path: at('large'), bytes: new Uint8Array(2 ** 24) };
    const writing = writeFiles([{ path: at('steady'), bytes }, large], { signal: controller.signal });
    controller.abort();
    await rejectionOf(writing, 'Aborted');
    expect(readFileSync(at('steady'), 'utf8')).toBe('before');
  });
});

describe('before the work', () => {
  test('an output that is an input, by whatever name', async () => {
    await writeVisibilityFiles(at('observed'), observed(1), { makeFolder: true });
    const input = at('observed', 'noise_map.fits');
    symlinkSync(input, at('soft'));
    linkSync(input, at('hard'));
    symlinkSync(at('observed'), at('other-name'));
    const inputs = [at('observed'), at('not-there')];
    const names = [input, at('soft'), at('hard'), at('other-name', 'noise_map.fits'), at('observed', '..', 'hard')];
    for (const name of names) {
      for (const overwrite of [true, false]) {
        const error = await rejectionOf(checkOutputs([name], { inputs, overwrite }), 'InvalidOption');
        expect(error.what).toContain('would replace an input');
      }
    }
    await checkOutputs([at('observed', 'other.npz'), '/dev/null'], { inputs, overwrite: false });
  });

  test('two outputs that are one file', async () => {
    await rejectionOf(checkOutputs([at('one'), join(folder, '.', 'one')]), 'InvalidOption');
    writeFileSync(at('there'), '');
    symlinkSync('there', at('too'));
    await rejectionOf(checkOutputs([at('there'), at('too')]), 'InvalidOption');
  });

  test('an output that exists, is a folder, or has none', async () => {
    writeFileSync(at('exists'), '');
    await checkOutputs([at('exists')]);
    await rejectionOf(checkOutputs([at('exists')], { overwrite: false }), 'FileUnwritable');
    await rejectionOf(checkOutputs([folder]), 'FileUnwritable');
    await rejectionOf(checkOutputs([at('no', 'such', 'file')]), 'FileUnwritable');
    await checkOutputs([at('no', 'such', 'file')], { makeFolder: true });
    await rejectionOf(checkOutputs([at('exists', 'file')], { makeFolder: true }), 'FileUnwritable');
    expect(() => statSync(at('no'))).toThrow('ENOENT');
  });
});
