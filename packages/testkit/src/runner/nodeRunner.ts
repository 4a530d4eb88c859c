import type { Runner, TestBody } from './runner.js';

/** What is needed of node:test. */
export interface NodeTest {
  describe(name: string, register: () => void): unknown;
  readonly it: {
    (name: string, options: { readonly timeout?: number }, body: NodeTestBody): unknown;
    readonly skip: (name: string, body: NodeTestBody) => unknown;
  };
  after(body: () => void): unknown;
}

type NodeTestBody = (context: { skip(message?: string): void }) => Promise<void>;

/** The functions of node:test as a {@link Runner}: `nodeTestRunner({ describe, it, after })`. */
export function nodeTestRunner({ describe, it, after }: NodeTest): Runner {
  const register = (name: string, body: TestBody, timeout?: number) => {
    it(name, timeout === undefined ? {} : { timeout }, (context) => body(context));
  };
  return {
    describe(name, registerTests) {
      describe(name, registerTests);
    },
    it: Object.assign(register, {
      skip(name: string, body: TestBody) {
        it.skip(name, (context) => body(context));
      },
    }),
    afterAll(body) {
      after(body);
    },
  };
}
