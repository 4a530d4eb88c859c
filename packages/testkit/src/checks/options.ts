/** Options: those that must be refused, and those that must not change the result. */
import { type ErrorCode, isHandle, type LooseOptions } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { demandError } from '../contract/outcome.js';
import { isHostArray } from '../contract/values.js';
import type { Check, Subject } from './check.js';
import { agree, run } from './running.js';
import type { Samples } from './samples.js';

export function options(subject: Subject, samples: Samples): readonly Check[] {
  return [
    refused(subject, samples),
    harmless(subject, samples),
    keptOnDevice(subject, samples),
    foreignHandles(subject, samples),
  ];
}

const wrongOptions: readonly (readonly [ErrorCode, LooseOptions])[] = [
  ['UnknownMethod', { method: 'no-such-method' }],
  ['UnknownMethod', { method: 'constructor' }],
  ['InvalidOption', { noSuchOption: true }],
  ['InvalidOption', { check: 'sometimes' }],
  ['InvalidOption', { tolerance: -1 }],
  ['Aborted', { signal: { aborted: true } }],
];

function refused(subject: Subject, { first, name }: Samples): Check {
  const { kernel, descriptor } = subject;
  return {
    ...at(subject, name),
    title: 'unknown methods and options are refused, an aborted signal aborts',
    async run() {
      for (const [code, wrong] of wrongOptions) {
        const [option] = Object.keys(wrong);
        await demandError(code, `${descriptor.name} with the option ${option}`, () => kernel(first, wrong));
      }
    },
  };
}

function harmless(subject: Subject, { first, name }: Samples): Check {
  const { descriptor, oracle } = subject;
  return {
    ...at(subject, name),
    title: "method 'auto', check 'shapes' and keep 'host' change no result",
    async run() {
      const expected = oracle.call(descriptor.name, first);
      for (const given of [{}, { method: 'auto' }, { check: 'shapes' }, { keep: 'host' }]) {
        const actual = await run(subject, first, given);
        agree(subject, { method: 'auto', dataset: name }, first, expected, actual);
      }
    },
  };
}

/** Backends without memory of their own return arrays on the host whatever is asked. */
function keptOnDevice(subject: Subject, { first, name }: Samples): Check {
  const { backend, descriptor, oracle } = subject;
  const onDevice = backend.info.deviceMemory && descriptor.returns.kind === 'array';
  return {
    ...at(subject, name),
    title: `keep 'device' gives ${onDevice ? 'a handle that can be fetched and disposed of' : 'the same on the host'}`,
    async run() {
      const kept = await run(subject, first, { keep: 'device' });
      demand(isHandle(kept) === onDevice, `the result is ${onDevice ? 'no handle' : 'a handle'}`);
      const actual = isHandle(kept) ? await kept.toHost() : kept;
      agree(subject, { method: 'auto', dataset: name }, first, oracle.call(descriptor.name, first), actual);
      if (isHandle(kept)) kept.dispose();
    },
  };
}

/** An array that lives on some other backend; nobody may ask it for its data unasked. */
function foreignHandles(subject: Subject, { first, name }: Samples): Check {
  const { kernel, descriptor } = subject;
  return {
    ...at(subject, name),
    title: 'arrays of other backends are ForeignHandle',
    async run() {
      let asked = false;
      for (const [argument, array] of Object.entries(first)) {
        if (!isHostArray(array)) continue;
        const handle = {
          dtype: array.dtype,
          shape: array.shape,
          backend: 'elsewhere',
          async toHost() {
            asked = true;
            return array;
          },
          dispose() {},
        };
        await demandError('ForeignHandle', `${descriptor.name}(${argument})`, () =>
          kernel({ ...first, [argument]: handle }),
        );
      }
      demand(!asked, `${descriptor.name} fetched an array of another backend without being asked to`);
    },
  };
}

function at(subject: Subject, dataset: string) {
  return { kernel: subject.descriptor.name, dataset, check: 'options' };
}
