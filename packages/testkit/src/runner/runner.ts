/** What a suite needs of a test runner. The runner is handed in, so that the testkit brings none of its own. */

/** Passed to a test body: a test may find out only while it runs that there is nothing to test. */
export interface TestContext {
  skip(reason?: string): void;
}

export type TestBody = (context: TestContext) => Promise<void>;

/** Registers one test. */
export interface Register {
  (name: string, body: TestBody, timeout?: number): void;
  skip(name: string, body: TestBody): void;
}

/** vitest's functions fit as they are; `nodeTestRunner` of `@wtilde/testkit/node` adapts those of node:test. */
export interface Runner {
  describe(name: string, register: () => void): void;
  readonly it: Register;
  afterAll(body: () => void): void;
  /** Taken so that the usual set of functions can be handed over; the suites do not need them. */
  beforeAll?(body: () => void): void;
  readonly expect?: unknown;
}
