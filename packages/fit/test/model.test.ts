import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { evidenceObjective, lensSchema, type Prior, parseModelWithPriors, parsePrior } from '../src/index.js';
import { normalBelow, normalQuantile } from '../src/numbers/normal.js';

test('the normal distribution is that of tables', () => {
  // 20 digits of mpmath.
  expect(normalBelow(1)).toBeCloseTo(0.8413447460685429, 15);
  expect(normalBelow(-5) / 2.866515718791939e-7).toBeCloseTo(1, 12);
  expect(normalBelow(-20) / 2.753624118606233e-89).toBeCloseTo(1, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  for (const x of [-30, -8, -3.0001, -2.9999, -1e-3, 0, 0.5, 2.9999, 3.0001, 6]) {
    const back = normalQuantile(normalBelow(x));
    expect(Math.abs(back - x)).toBeLessThan(x > 3 ? 1e-6 : 1e-11);
  }
});

const priors: readonly (readonly [string, Prior])[] = [
  ['uniform', parsePrior({ uniform: [1, 3] }, {}, 'x')],
  ['logUniform', parsePrior({ logUniform: [1e-3, 50] }, {}, 'x')],
  ['normal', parsePrior({ normal: [2, 0.5] }, {}, 'x')],
  ['normal, cut by its domain', parsePrior({ normal: [0.2, 0.5] }, { minimum: 0 }, 'x')],
  ['truncatedNormal', parsePrior({ truncatedNormal: [0, 1, 0.5, 4] }, {}, 'x')],
  ['truncatedNormal far in a tail', parsePrior({ truncatedNormal: [0, 1, 8, 9] }, {}, 'x')],
];

describe.each(priors)('%s', (_, prior) => {
  const shares = [1e-6, 0.01, 0.3, 0.5, 0.77, 0.99, 1 - 1e-6];

  test('shares and values are inverse to each other', () => {
    for (const share of shares) expect(prior.shareBelow(prior.valueAt(share))).toBeCloseTo(share, 8);
  });

  test('the slope is that of differences, and one over the density', () => {
    for (const share of shares.slice(1, -1)) {
      const step = 1e-5;
      const difference = (prior.valueAt(share + step) - prior.valueAt(share - step)) / (2 * step);
      expect(prior.slopeAt(share) / difference).toBeCloseTo(1, 5);
      expect(Math.exp(prior.logDensity(prior.valueAt(share))) * prior.slopeAt(share)).toBeCloseTo(1, 8);
    }
  });

  test('coordinates lead there and back, with their slope and that of the density', () => {
    const { coordinate } = prior;
    for (const share of shares.slice(1, -1)) {
      const value = prior.valueAt(share);
      const at = coordinate.of(value);
      expect(coordinate.value(at)).toBeCloseTo(value, 10);
      const step = 1e-6;
      expect(coordinate.slope(at)).toBeCloseTo(
        (coordinate.value(at + step) - coordinate.value(at - step)) / 2 / step,
        5,
      );
      const rise = (coordinate.logDensity(at + step) - coordinate.logDensity(at - step)) / (2 * step);
      expect(coordinate.logDensitySlope(at)).toBeCloseTo(rise, 5);
    }
  });

  test('nothing lies outside', () => {
    expect(prior.logDensity(prior.low - 1e-3)).toBe(Number.NEGATIVE_INFINITY);
    expect(prior.logDensity(prior.high + 1e-3)).toBe(Number.NEGATIVE_INFINITY);
  });
});

test.each([
  [{ uniform: [2, 1] }, /the lower bound before/],
  [{ uniform: [1] }, /neither a number nor a prior/],
  [{ unifrm: [1, 2] }, /neither a number nor a prior .*did you mean 'uniform'/],
  [{ uniform: [1, 2], normal: [0, 1] }, /neither a number nor a prior/],
  [{ uniform: [-1, 2] }, /bounds within 0/],
  [{ logUniform: [0, 2] }, /above 0/],
  [{ normal: [0, 0] }, /a sigma above 0/],
  [{ normal: [0, 'x'] }, /neither/],
  [{ truncatedNormal: [0, 1e-3, 5, 6] }, /some probability/],
  [[1, 2], /neither/],
  [null, /neither/],
])('%j is refused', (json, message) => {
  expect(() => parsePrior(json, { minimum: 0 }, 'mass.0.einsteinRadius')).toThrow(message);
});

const options = { mesh: 'overlay:10x10', regularization: 'gradient:2' };

test('a prior whose name is misspelt is named as one, not as a value of the profile', () => {
  const mass = [{ type: 'Isothermal', einsteinRadius: 1, ellComps: [{ nomal: [0, 0.3] }, 0] }];
  expect(() => parseModelWithPriors({ mass }, options)).toThrow(
    /mass\.0\.ellComps\.0: neither .*did you mean 'normal'/,
  );
});

const free = { uniform: [-0.2, 0.2] };
const json = {
  mass: [
    {
      type: 'Isothermal',
      einsteinRadius: { uniform: [1, 2] },
      centre: [free, 0.02],
      ellComps: [{ normal: [0, 0.3] }, 0.1],
    },
    { type: 'PointMass', einsteinRadius: 0.1, centre: [{ tie: 'mass.0.centre.0' }, { tie: 'mass.0.centre.1' }] },
  ],
};

test('a model has its numbers where priors and ties were', () => {
  const model = parseModelWithPriors(json, options);
  expect(model.parameters.map(({ path }) => path)).toEqual([
    'mass.0.einsteinRadius',
    'mass.0.centre.0',
    'mass.0.ellComps.0',
    'regularization.coefficient',
  ]);
  expect(model.modelAt([1.5, 0.1, -0.05, 3])).toEqual({
    lens: {
      mass: [
        { type: 'Isothermal', einsteinRadius: 1.5, centre: [0.1, 0.02], ellComps: [-0.05, 0.1] },
        { type: 'PointMass', einsteinRadius: 0.1, centre: [0.1, 0.02] },
      ],
    },
    mesh: { type: 'overlay', shape: [10, 10] },
    regularization: { type: 'gradient', coefficient: 3 },
  });
  const gradient = model.gradientFrom({ 'mass.0.centre.0': 1, 'mass.1.centre.0': 10, 'mass.1.centre.1': 100 });
  expect([...gradient]).toEqual([0, 11, 0, 0]);
});

test('a coefficient may have a prior of its own, be fixed, or be found over four decades to either side', () => {
  const [, , , found] = parseModelWithPriors(json, options).parameters;
  expect([found.prior.low, found.prior.high]).toEqual([2e-4, 2e4]);
  expect(parseModelWithPriors(json, { ...options, fixRegularization: true }).parameters).toHaveLength(3);
  const own = { ...json, regularization: { type: 'gradient', coefficient: { logUniform: [0.1, 10] } } };
  const { parameters } = parseModelWithPriors(own, { mesh: 'overlay:10x10' });
  expect(parameters[3].prior.high).toBe(10);
});

test('the scale of a kernel is found as well, over a decade to either side; any number may have a prior', () => {
  const namesIn = ({ parameters }: ReturnType<typeof parseModelWithPriors>) =>
    parameters.slice(3).map(({ path }) => path);
  const text = { mesh: 'overlay:10x10', regularization: 'maternKernel:coefficient=20,scale=0.4,nu=2.5' };
  const model = parseModelWithPriors(json, text);
  expect(namesIn(model)).toEqual(['regularization.coefficient', 'regularization.scale']);
  const [coefficient, scale] = model.parameters.slice(3);
  expect(coefficient.prior.shareBelow(20)).toBeCloseTo(0.5, 12);
  expect([scale.prior.low, scale.prior.high, scale.unit]).toEqual([0.04, 4, 'arcsec']);
  const { regularization } = model.modelAt([1.5, 0.1, -0.05, 3, 0.2]);
  expect(regularization).toEqual({ type: 'maternKernel', coefficient: 3, scale: 0.2, nu: 2.5 });
  const slopes = model.gradientFrom({ 'regularization.coefficient': 5, 'regularization.scale': 7 });
  expect([...slopes]).toEqual([0, 0, 0, 5, 7]);
  expect(parseModelWithPriors(json, { ...text, fixRegularization: true }).parameters).toHaveLength(3);

  const written = { type: 'maternKernel', coefficient: 20, scale: 0.4, nu: { uniform: [0.5, 4] } };
  const own = parseModelWithPriors({ ...json, regularization: written }, { mesh: 'overlay:10x10' });
  expect(namesIn(own)).toEqual(['regularization.coefficient', 'regularization.scale', 'regularization.nu']);
  const fixed = { mesh: 'overlay:10x10', fixRegularization: true };
  expect(namesIn(parseModelWithPriors({ ...json, regularization: written }, fixed))).toEqual(['regularization.nu']);
});

describe('an adapt image', () => {
  const mesh = 'overlay:10x10';
  const adaptImage = real([0, 1, 0.5]);
  const namesIn = ({ parameters }: ReturnType<typeof parseModelWithPriors>) =>
    parameters.slice(3).map(({ path }) => path.replace('regularization.', ''));

  test('goes into every model; coefficients of bright and dark are found, over two decades where they count to the 4th', () => {
    const model = parseModelWithPriors(json, { mesh, regularization: 'maternAdaptKernel:0.4,2.5,2,5', adaptImage });
    expect(namesIn(model)).toEqual(['scale', 'innerCoefficient', 'outerCoefficient']);
    const [, inner, outer] = model.parameters.slice(3).map(({ prior }) => prior);
    expect([inner.low, inner.high, outer.low, outer.high]).toEqual([0.02, 200, 0.05, 500]);
    const at = model.modelAt([1.5, 0.1, -0.05, 0.3, 1, 4]);
    expect(at.adaptImage).toBe(adaptImage);
    const kernel = { type: 'maternAdaptKernel', scale: 0.3, nu: 2.5, innerCoefficient: 1, outerCoefficient: 4 };
    expect(at.regularization).toEqual(kernel);
    const [power] = parseModelWithPriors(json, { mesh, regularization: 'adaptPower:2,5', adaptImage }).parameters.slice(
      3,
    );
    expect([power.prior.low, power.prior.high]).toEqual([2e-4, 2e4]);
  });

  test('any number may have a prior, and all may be kept', () => {
    const written = { type: 'adapt', innerCoefficient: 1, outerCoefficient: 3 };
    const own = { ...written, signalScale: { uniform: [0.1, 3] } };
    const scaled = parseModelWithPriors({ ...json, regularization: own }, { mesh, adaptImage });
    expect(namesIn(scaled)).toEqual(['innerCoefficient', 'outerCoefficient', 'signalScale']);
    const fixed = parseModelWithPriors({ ...json, regularization: own }, { mesh, adaptImage, fixRegularization: true });
    expect(namesIn(fixed)).toEqual(['signalScale']);
    // One of two that is found is held in easier versions, which the other is part of.
    const one = { ...written, innerCoefficient: { logUniform: [0.1, 10] } };
    const easing = (regularization: object) =>
      evidenceObjective(
        { evidence: unasked, evidenceAndGradient: unasked },
        parseModelWithPriors({ ...json, regularization }, { mesh, adaptImage, fixRegularization: true }),
      ).easing;
    expect(easing(one)).toEqual({ held: [3] });
    expect(easing(own)).toEqual({});
  });

  test.each([
    [
      { mesh, regularization: 'adapt:1,3' },
      { code: 'MissingArgument', where: 'regularization adapt' },
    ],
    [{ mesh, regularization: 'maternAdaptKernel:0.3,2,1,3' }, { code: 'MissingArgument' }],
    [{ mesh: 'rectangularAdaptImage:8x8', regularization: 'constant:1' }, { where: 'mesh rectangularAdaptImage' }],
    [
      { mesh, regularization: 'adapt:1,3', adaptImage: real([0, -1]) },
      { code: 'InvalidValue', where: 'adaptImage' },
    ],
    [{ mesh, regularization: 'adapt:1,3', adaptImage: real([1], [1, 1, 1]) }, { code: 'ShapeMismatch' }],
  ])('%j is refused', (given, error) => {
    expect(() => parseModelWithPriors(json, given)).toThrow(expect.objectContaining(error));
  });

  test('a source on another plane may need one as well', () => {
    const planes = [{ redshift: 1, mesh: 'overlay:5x5', regularization: 'adapt:1,3' }];
    const lens = { ...json, planes, lensRedshift: 0.5, sourceRedshift: 2 };
    expect(() => parseModelWithPriors(lens, options)).toThrow(expect.objectContaining({ code: 'MissingArgument' }));
    const { warnings, lightModelAt } = parseModelWithPriors(lens, { ...options, adaptImage });
    expect(warnings).toEqual([]);
    expect(lightModelAt?.([1.5, 0.1, -0.05, 3]).adaptImage).toBe(adaptImage);
  });

  test('one that nothing follows is warned of', () => {
    const { warnings } = parseModelWithPriors(json, { ...options, adaptImage });
    expect(warnings).toMatchObject([{ code: 'UnusedAdaptImage', values: 'mesh overlay, regularization gradient' }]);
  });
});

const unasked = () => Promise.reject(new Error('nobody asks for an evidence here'));

test.each([
  [{ nu: { uniform: [0, 4] } }, /regularization\.nu/],
  [{ sclae: { uniform: [0.1, 1] } }, /write scale/],
  [{ scale: { tie: 'mass.0.centre.0' } }, /regularization/],
])('a regularization with %j is refused', (changes, message) => {
  const regularization = { type: 'maternKernel', coefficient: 20, scale: 0.4, nu: 2.5, ...changes };
  expect(() => parseModelWithPriors({ ...json, regularization }, { mesh: 'overlay:10x10' })).toThrow(message);
});

test('a whole number of a regularization has no prior', () => {
  const regularization = { type: 'maternField', coefficient: 20, scale: 0.4, nu: { uniform: [1, 3] } };
  const options = { mesh: 'overlay:10x10' };
  expect(() => parseModelWithPriors({ ...json, regularization }, options)).toThrow(/regularization\.nu: whole numbers/);
  const model = parseModelWithPriors({ ...json, regularization: { ...regularization, nu: 1 } }, options);
  const names = model.parameters.map(({ path }) => path).filter((path) => path.startsWith('regularization.'));
  expect(names).toEqual(['regularization.coefficient', 'regularization.scale']);
});

test.each([
  [{ mass: [{ type: 'Isothermal', einsteinRadius: 1 }] }, { fixRegularization: true }, /numbers only/],
  [{ ...json, mesh: 'overlay:9x9' }, {}, /mesh: the mesh is given twice/],
  [{ ...json, regularisation: 'gradient:1' }, {}, /write regularization/],
  [{ mass: [{ type: 'Isothermal', einsteinRadius: { tie: 'mass.0.centre.1' } }] }, {}, /leads to no number/],
  [{ mass: [{ type: 'Isothermal', einsteinRadius: { tie: 'mass.0.einsteinRadius' } }] }, {}, /itself/],
  [{ mass: [{ type: 'Isothermal', einsteinRadius: { uniform: [-1, 2] } }] }, {}, /bounds within 0/],
  [{ mass: [{ type: 'Isothermal', einsteinRadios: { uniform: [1, 2] } }] }, {}, /write einsteinRadius/],
  [{ ...json, positions: { points: [[1, 2]], sigma: 0.1 } }, {}, /two points at least/],
  [[], {}, /not a lens model with priors/],
])('%j is refused', (model, changes, message) => {
  expect(() => parseModelWithPriors(model, { ...options, ...changes })).toThrow(message);
});

test('a mesh and a regularization have to be somewhere', () => {
  expect(() => parseModelWithPriors(json, { regularization: 'gradient:1' })).toThrow(/the model has no mesh/);
});

test('angles and axis ratios are warned of, components are not', () => {
  const mass = [
    { type: 'Isothermal', einsteinRadius: 1, axisRatio: { uniform: [0.5, 1] }, angle: { uniform: [0, 180] } },
  ];
  const { warnings } = parseModelWithPriors({ mass }, options);
  expect(warnings.map(({ where }) => where)).toEqual(['mass.0.axisRatio', 'mass.0.angle']);
  expect(parseModelWithPriors(json, options).warnings).toEqual([]);
});

test('the published schema is that of the tables', () => {
  const file = readFileSync(new URL('../schema/lens.json', import.meta.url), 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(lensSchema())));
});
