import { findKernel } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { withInvented } from '../src/datasets/invent.js';
import { tiny } from '../src/datasets/tiny.js';

it('makes fields for parameters that no dataset knows, from their description', () => {
  const { params, ...known } = findKernel('visibilitiesFrom');
  const kernel = {
    ...known,
    params: {
      ...params,
      primaryBeam: { kind: 'array', dtype: 'real', dims: ['M', 'Q'], doc: '', values: 'finite', optional: false },
      channelOf: {
        kind: 'array',
        dtype: 'index',
        dims: ['K'],
        doc: '',
        values: { from: 2, below: 'M' },
        optional: false,
      },
      frequency: { kind: 'scalar', type: 'real', doc: '', minimum: 5, optional: false },
    },
  } as const;
  const { fields } = withInvented(tiny, [kernel]);
  expect(Object.keys(fields).filter((name) => !Object.hasOwn(tiny.fields, name))).toEqual([
    'primary_beam',
    'channel_of',
    'frequency',
  ]);
  expect(fields.primary_beam).toMatchObject({ dtype: 'real', shape: [10, 3] });
  expect(fields.channel_of).toMatchObject({ dtype: 'index', shape: [7] });
  expect(Array.from(fields.channel_of.data).every((value) => value >= 2 && value < 10)).toBe(true);
  expect(fields.frequency.data[0]).toBeGreaterThan(5);
  expect(withInvented(tiny)).toBe(tiny);
});
