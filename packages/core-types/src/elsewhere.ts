/** Kernels whose methods are out of sight, in a worker: they are checked here, and chosen and run there. */
import type { Appraisals } from './appraisal.js';
import type { KernelName } from './catalogue.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { throwIfAborted } from './errors.js';
import type { LooseArgs, LooseResult } from './loose.js';
import { checkHandles, checkNotFixed, checkRests, disposed, type Machine } from './machine.js';
import { checkOptions, type Options } from './options.js';
import { plainArguments } from './plainArguments.js';
import { measured } from './sizes.js';
import { createValidator } from './validate.js';

/**
 * One kernel of an asynchronous backend that runs elsewhere. What it is given has been checked; it takes the arrays
 * before it returns, for their owner may change them afterwards.
 */
export interface ElsewhereImplementation {
  /** The names of the methods, in the order of preference among equals. */
  readonly methods: readonly string[];
  /** Whether sizes or options exist at which none of the methods can run. */
  readonly limited: boolean;
  appraise(sizes: Sizes, options: Options): Promise<Appraisals>;
  run(args: LooseArgs, options: Options): Promise<LooseResult>;
  bind(fixed: LooseArgs): ElsewhereBound;
}

export type ElsewhereImplementations = { readonly [N in KernelName]?: ElsewhereImplementation };

export interface ElsewhereBound {
  run(rest: LooseArgs, options: Options): Promise<LooseResult>;
  /** Many calls in one message. */
  runMany(rests: readonly LooseArgs[], options: Options): Promise<readonly LooseResult[]>;
  dispose(): void;
}

export function createElsewhereMachine(
  id: string,
  descriptor: KernelDescriptor,
  { methods, limited, appraise, run, bind }: ElsewhereImplementation,
): Machine<Promise<LooseResult>> {
  const { name } = descriptor;
  const validator = createValidator(descriptor);

  function optionsOf(asked: Options): Options {
    const options = checkOptions(asked, name);
    throwIfAborted(options.signal, name);
    return options;
  }

  function argumentsOf(given: LooseArgs): LooseArgs {
    const plain = plainArguments(descriptor, given);
    checkHandles(name, plain, id, undefined);
    return plain;
  }

  return {
    facts: {
      descriptor,
      methods: Object.fromEntries(methods.map((method) => [method, {}])),
      limited,
      sizesOf: (args) => measured(descriptor, validator.validate(args, 'shapes')),
      appraise: async (sizes: Sizes, options: Options = {}) => await appraise(sizes, checkOptions(options, name)),
    },

    checkAlive(life) {
      if (life.over) throw disposed(name, `backend ${id}`, 'create a new backend');
    },

    run(given, asked) {
      const options = optionsOf(asked);
      const args = argumentsOf(given);
      validator.validate(args, options.check);
      return run(args, { ...options, check: 'shapes' });
    },

    bind(given) {
      const fixed = argumentsOf(given);
      validator.validatePart(fixed);
      const bound = bind(fixed);
      let over = false;
      return {
        run(given, asked) {
          if (over) throw disposed(name, 'bound kernel', 'bind again');
          const options = optionsOf(asked);
          const rest = argumentsOf(given);
          checkNotFixed(name, fixed, rest);
          // The values of what is bound are there; here their owner may have changed them.
          validator.validate({ ...fixed, ...rest }, 'shapes');
          return bound.run(rest, options);
        },
        many(rests, asked) {
          if (over) throw disposed(name, 'bound kernel', 'bind again');
          checkRests(name, rests);
          const options = optionsOf(asked);
          const checked = rests.map((given) => {
            const rest = argumentsOf(given);
            checkNotFixed(name, fixed, rest);
            validator.validate({ ...fixed, ...rest }, 'shapes');
            return rest;
          });
          return { together: () => bound.runMany(checked, options), each: [] };
        },
        dispose() {
          if (!over) bound.dispose();
          over = true;
        },
      };
    },
  };
}
