import { parseModelWithPriors } from '@wtilde/fit';
import { parseLensModel } from '@wtilde/lens';
import { describe, expect, it } from 'vitest';
import { massWithPriors, partsOf, writtenLike } from '../src/lens/free.js';
import { modelFromJson } from '../src/lens/modelText.js';
import { addressOf, modelIn } from '../src/page/address.js';
import { copiesOf } from '../src/page/copyAs.js';
import { lookFrom } from '../src/page/look.js';
import { parseJsonFile, sessionText } from '../src/page/sessionFile.js';

const mass = [
  { type: 'Isothermal', centre: [0.1, -0.2], einsteinRadius: 1.2, axisRatio: 0.8, angle: 30 },
  { type: 'ExternalShear', gamma1: 0.02, gamma2: -0.01 },
] as const;
const model = modelFromJson({ mass, mesh: 'overlay:20x30:barycentric', regularization: 'constant:2' });
const look = lookFrom({ colors: 'viridis', views: ['Source', 'no such view', 'Residuals'] });

describe('a model as text', () => {
  it('comes back from the address', () => {
    expect(modelIn(addressOf(model))).toEqual(model);
  });

  it.each([
    '',
    '#',
    '#%7B',
    '#{"mass":3}',
    `#${encodeURIComponent(JSON.stringify({ mass, mesh: 'rectangular:9x9', regularization: 'gradient:1' }))}`,
  ])('is none in the address %s', (hash) => expect(modelIn(hash)).toBeUndefined());

  it('is copied with everything that it has', () => {
    const copies = copiesOf(model, { radius: 2.5, centre: [0, 0], pixelScale: 0.1 });
    expect(parseLensModel(JSON.parse(copies['lens.json'])).mass).toEqual(mass);
    expect(copies['command line']).toContain('--mesh overlay:20x30:barycentric --regularization constant:2');
    expect(copies.TypeScript).toContain("parseMesh('overlay:20x30:barycentric')");
    expect(copies.PyAutoLens).toContain('al.mp.Isothermal(centre=(0.1, -0.2), einstein_radius=1.2, ell_comps=');
    expect(copies.PyAutoLens).toContain('al.mp.ExternalShear(gamma_1=0.02, gamma_2=-0.01)');
  });
});

describe('a session', () => {
  it('comes back with the bytes of its dataset', async () => {
    const npz = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 256);
    const text = sessionText({ source: { kind: 'files', files: [] }, mask: undefined, model, look }, npz, 'sma');
    const found = parseJsonFile(text, 'session.json');
    if (found.kind !== 'session' || found.session.source.kind !== 'files') expect.fail('no session with files');
    expect(found.session).toMatchObject({ model, look: { colors: 'viridis', views: ['Source', 'Residuals'] } });
    const [file] = found.session.source.files;
    expect(file.name).toBe('sma.npz');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(npz);
  });

  it('comes back as a simulation', () => {
    const source = { kind: 'simulation', lens: { mass }, array: 'SMA', minutes: 3, noise: 2 } as const;
    const mask = { radius: 2, centre: [0.1, 0], pixelScale: 0.1 } as const;
    const found = parseJsonFile(sessionText({ source, mask, model, look }, undefined, ''), 'session.json');
    expect(found).toMatchObject({ kind: 'session', session: { source, mask } });
  });

  it('may be a lens model instead', () => {
    expect(parseJsonFile(JSON.stringify({ mass }), 'lens.json')).toEqual({ kind: 'lens', lens: { mass } });
  });

  it.each(['', '[]', '{"wtilde session": 2}', '{"mass": [{"type": "None"}]}'])(
    'is an error that names the file: %s',
    (text) => {
      expect(() => parseJsonFile(text, 'some.json')).toThrow(
        expect.objectContaining({ code: 'FileFormat', where: 'some.json' }),
      );
    },
  );
});

describe('what a fit may change', () => {
  it('are numbers and those that belong together', () => {
    expect(partsOf(mass).map(({ profile, name }) => `${profile} ${name}`)).toEqual([
      '0 centre',
      '0 einsteinRadius',
      '0 ellipticity',
      '1 shear',
    ]);
  });

  it('has ranges within the domain, and what it finds is written as it was', () => {
    const free = partsOf(mass).map((part) => ({ ...part, width: 2 }));
    const json = {
      mass: massWithPriors(
        mass,
        free.filter(({ name }) => name !== 'shear'),
      ),
      mesh: 'overlay:9x9',
      regularization: 'gradient:1',
    };
    const { parameters, modelAt } = parseModelWithPriors(json, { fixRegularization: true });
    expect(parameters.map(({ path }) => path)).toEqual([
      'mass.0.centre.0',
      'mass.0.centre.1',
      'mass.0.einsteinRadius',
      'mass.0.ellComps.0',
      'mass.0.ellComps.1',
    ]);
    expect(parameters[2].prior.low).toBeGreaterThanOrEqual(0);
    expect(parameters[2].prior.high).toBeCloseTo(3.2, 9);
    const ellipticity = 0.2 / 1.8;
    const values = [0.3, -0.4, 1.5, ellipticity * Math.sin(Math.PI / 3), ellipticity * Math.cos(Math.PI / 3)];
    const found = writtenLike(mass, modelAt(values).lens.mass);
    expect(found).toEqual([{ ...mass[0], centre: [0.3, -0.4], einsteinRadius: 1.5 }, mass[1]]);
  });
});
