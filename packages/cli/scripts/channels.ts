// What it saves that channels of equal baselines and noise share F and its factor; docs/observations.md has the record.
//   node packages/cli/scripts/channels.ts
import { createWasmBackend } from '@wtilde/backend-wasm';
import { complex } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import { circularMask, createInversion, jointInversion, type LensModel, simulateVisibilities } from '@wtilde/lens';

const backends = [await createWasmBackend({ threads: 1 })];
const lens: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, ellComps: [0.1, 0.06] }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.2 }],
};

/** Processor milliseconds, the least of five. */
async function least(job: () => Promise<unknown>): Promise<number> {
  let found = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    await job();
    const { user, system } = process.cpuUsage(before);
    found = Math.min(found, (user + system) / 1000);
  }
  return found;
}

console.log('| image pixels | source pixels | channels | each by itself | together |');
console.log('|---|---|---|---|---|');
for (const [pixels, scale, mesh] of [
  [50, 0.12, 24],
  [80, 0.07, 44],
] as const) {
  const mask = circularMask({ shapeNative: [pixels, pixels], pixelScale: scale, radius: 2.4 });
  const uvWavelengths = uvTrackOf(observations.alma, 3000);
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 2, backends });
  const all = [];
  for (let channel = 0; channel < 30; channel++) {
    const data = complex(visibilities.data.data.map((value) => value * (1 + channel / 30)));
    all.push(await createInversion({ ...visibilities, data }, { mask, backends }));
  }
  const model = {
    lens,
    mesh: { type: 'overlay', shape: [mesh, mesh] },
    regularization: { type: 'gradient', coefficient: 3 },
  } as const;
  for (const count of [3, 10, 30]) {
    const some = all.slice(0, count);
    const { mapper } = await all[0].evidence(model);
    const alone = await least(async () => {
      for (const each of some) await each.evidence(model);
    });
    const together = await least(() => jointInversion(some).evidence(model));
    const cells = [mask.mask.data.filter((masked) => masked === 0).length, mapper.pixels, count];
    console.log(`| ${[...cells, `${alone.toFixed(0)} ms`, `${together.toFixed(0)} ms`].join(' | ')} |`);
  }
  for (const each of all) each.dispose();
}
