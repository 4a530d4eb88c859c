/** Steps with a line each, and their sum at the end. */
export interface Steps {
  /** Runs a step; when it fails, says why and goes on. Resolves to whether it passed. */
  run(name: string, body: () => void | Promise<void>): Promise<boolean>;
  /** The last line, and the exit code. */
  end(): void;
}

export function createSteps(): Steps {
  let passed = 0;
  let failed = 0;
  return {
    async run(name, body) {
      const started = performance.now();
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
      try {
        await body();
        passed++;
        console.log(`ok    ${name} (${seconds()})`);
        return true;
      } catch (error) {
        failed++;
        console.log(`FAIL  ${name} (${seconds()})\n${indented(reasonOf(error))}`);
        return false;
      }
    },
    end() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}

/** What a process said, or what was thrown. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const said = ['stdout', 'stderr'].map((stream) => String(Reflect.get(error, stream) ?? ''));
  return [String(error), ...said].filter((text) => text !== '').join('\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '      ');
}
