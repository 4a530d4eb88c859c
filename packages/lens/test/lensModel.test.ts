import { describe, expect, test } from 'vitest';
import { deflectionsFrom, parseLensModel } from '../src/index.js';
import { thrownBy } from './mesh/thrownBy.js';

const isothermal = { type: 'Isothermal', einsteinRadius: 1.6, axisRatio: 0.9, angle: 45 };

test('a lens model from JSON is used as it stands', () => {
  const json: unknown = JSON.parse(
    '{ "mass": [{ "type": "Isothermal", "centre": [0, 0], "einsteinRadius": 1.6, "axisRatio": 0.9, "angle": 45 }, { "type": "ExternalShear", "gamma2": 0.03 }], "light": [{ "type": "Gaussian", "intensity": 1, "sigma": 0.2 }] }',
  );
  const { mass, light } = parseLensModel(json);
  expect(mass).toHaveLength(2);
  expect(light).toEqual([{ type: 'Gaussian', intensity: 1, sigma: 0.2 }]);
  expect(deflectionsFrom(mass, { dtype: 'real', shape: [1, 2], data: Float64Array.of(1, 0) }).data).toHaveLength(2);
});

describe('models that cannot be', () => {
  test.each([
    ['no object', 3, /lens/],
    ['no mass', { light: [] }, /"mass"/],
    ['another key', { mass: [], source: [] }, /source/],
    ['a mass that is no list', { mass: isothermal }, /"mass"/],
    ['an unknown profile', { mass: [{ type: 'Isotermal' }] }, /mass\[0\]\.type.*PowerLaw.*"Isotermal"/],
    ['a name that every object has', { mass: [{ type: 'toString' }] }, /no such profile/],
    ['an unknown parameter', { mass: [{ ...isothermal, einstein_radius: 1 }] }, /einstein_radius.*einsteinRadius/],
    ['a missing parameter', { mass: [{ type: 'Isothermal' }] }, /mass\[0\]\.einsteinRadius.*Einstein radius/],
    ['a negative radius', { mass: [{ ...isothermal, einsteinRadius: -1 }] }, /from 0.*-1/],
    ['a radius as text', { mass: [{ ...isothermal, einsteinRadius: '1.6' }] }, /"1\.6"/],
    ['an axis ratio above 1', { mass: [{ ...isothermal, axisRatio: 1.1 }] }, /axisRatio.*1\.1/],
    ['an axis ratio of 0', { mass: [{ ...isothermal, axisRatio: 0 }] }, /axisRatio.*from 0\.0001 and up to 1/],
    ['an angle for what is round', { mass: [{ type: 'IsothermalSph', einsteinRadius: 1, angle: 3 }] }, /angle/],
    ['an ellipse twice', { mass: [{ ...isothermal, ellComps: [0, 0.1] }] }, /twice/],
    ['components of length 1', { mass: [{ type: 'Isothermal', einsteinRadius: 1, ellComps: [0, 1] }] }, /ellComps/],
    ['a centre of three', { mass: [{ ...isothermal, centre: [0, 0, 0] }] }, /centre/],
    ['a slope of 3', { mass: [{ type: 'PowerLaw', einsteinRadius: 1, slope: 3 }] }, /above 1 and below 3/],
    ['light that is none', { mass: [isothermal], light: [isothermal] }, /light\[0\]\.type.*Sersic/],
  ])('%s', (_name, json, message) => {
    const thrown = thrownBy(() => parseLensModel(json));
    expect(thrown).toMatchObject({ code: 'InvalidValue', message: expect.stringMatching(message) });
  });
});

test('a model may name its schema, which says nothing of the lens', () => {
  const mass = [{ type: 'IsothermalSph', einsteinRadius: 1.6 }];
  expect(parseLensModel({ $schema: 'lens.json', mass })).toEqual({ mass });
});
