// How fast, and in how much memory, a UVFITS file becomes a prepared dataset; docs/observations.md has the record.
//   node packages/cli/scripts/streamUvfits.ts make FILE K     writes a file of K visibilities, two hands each
//   node packages/cli/scripts/streamUvfits.ts stream FILE     file to W and dirty image
//   node packages/cli/scripts/streamUvfits.ts import FILE     the same with noise from differences and means over 60 s
//   node packages/cli/scripts/streamUvfits.ts alone K         W and dirty image of K visibilities that are at hand
import { open } from 'node:fs/promises';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { complex, real } from '@wtilde/core-types';
import { importUvfits, observations, uvTrackOf, type Visibilities, writeRandomGroups } from '@wtilde/data';
import { openUvfitsFile } from '@wtilde/data/node';
import { circularMask, createInversion } from '@wtilde/lens';

const [command, argument, count] = process.argv.slice(2);
const antennas = 40;
const baselines = (antennas * (antennas - 1)) / 2;
const frequency = 345e9;
const perPiece = 128 * baselines;

function pieceOf(integrations: number, first: number): Float64Array {
  const values = new Float64Array(integrations * baselines * 13);
  const tracks = uvTrackOf(observations.sma, baselines, 1);
  let at = 0;
  for (let t = first; t < first + integrations; t++) {
    let k = 0;
    for (let a = 1; a <= antennas; a++) {
      for (let b = a + 1; b <= antennas; b++, k++) {
        const u = tracks.data[2 * k] * (1 + 1e-6 * t);
        const noise = () => Math.sin(12.9898 * at++ + t) * 1.4;
        values.set(
          [u / frequency, tracks.data[2 * k + 1] / frequency, 0, 256 * a + b],
          13 * ((t - first) * baselines + k),
        );
        const place = 13 * ((t - first) * baselines + k) + 4;
        values.set([2457000.5, (10 * t) / 86400, 10], place);
        values.set([noise(), noise(), 1, noise(), noise(), 1], place + 3);
      }
    }
  }
  return values;
}

async function make(path: string, visibilities: number): Promise<void> {
  const shape = {
    parameters: ['UU', 'VV', 'WW', 'BASELINE', 'DATE', 'DATE', 'INTTIM'].map((type, at) => ({
      type,
      zero: at === 4 ? 2457000.5 : 0,
    })),
    axes: [
      { type: 'COMPLEX', extent: 3 },
      { type: 'STOKES', extent: 2, value: -5, step: -1 },
      { type: 'FREQ', extent: 1, value: frequency, step: 2e9 },
    ],
  };
  const integrations = Math.ceil(visibilities / baselines);
  const header = writeRandomGroups({ ...shape, values: [] });
  const gcount = `GCOUNT  = ${String(integrations * baselines).padStart(20)}`;
  const text = new TextDecoder().decode(header).replace(/GCOUNT {2}= {20}0/, gcount);
  const handle = await open(path, 'w');
  await handle.write(new TextEncoder().encode(text));
  for (let first = 0; first < integrations; first += perPiece / baselines) {
    const some = Math.min(perPiece / baselines, integrations - first);
    const values = pieceOf(some, first);
    await handle.write(
      writeRandomGroups({ ...shape, values }).subarray(header.length, header.length + 4 * values.length),
    );
  }
  await handle.close();
}

async function summed(chunks: AsyncIterable<Visibilities> | Iterable<Visibilities>, expectedVisibilities: number) {
  const mask = circularMask({ shapeNative: [100, 100], pixelScale: 0.1, radius: 4 });
  const backends = [await createWasmBackend()];
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { sums } = await createInversion({ chunks, expectedVisibilities }, { mask, backends });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${sums.visibilityCount} visibilities in ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processors), ` +
      `${(sums.visibilityCount / seconds / 1e6).toFixed(2)} million/s, at most ${megabytes.toFixed(0)} MB resident`,
  );
}

function* atHand(visibilities: number): Generator<Visibilities> {
  const size = 2 ** 17;
  const tracks = uvTrackOf(observations.sma, baselines, 1);
  const uv = Float64Array.from({ length: 2 * size }, (_, at) => tracks.data[at % tracks.data.length]);
  const data = Float64Array.from(uv, (_, at) => Math.sin(at));
  for (let first = 0; first < visibilities; first += size) {
    yield {
      data: complex(data),
      noiseMap: complex(new Float64Array(2 * size).fill(1)),
      uvWavelengths: real(uv, [size, 2]),
    };
  }
}

if (command === 'make') await make(argument, Number(count));
else if (command === 'alone') await summed(atHand(Number(argument)), Number(argument));
else {
  const file = await openUvfitsFile(argument);
  const started = performance.now();
  const options = command === 'import' ? ({ noise: 'differences', averageTime: 60 } as const) : {};
  const { chunks } = await importUvfits(file, options);
  if (command === 'import') console.log(`noise in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await summed(chunks(), file.groups);
}
