/** Steps with a line each, and their sum at the end. */
export interface Steps {
  /** Runs a step; when it fails, says why and goes on. Resolves to whether it passed. */
  run(name: string, body: () => void | Promise<void>): Promise<boolean>;
  /** What failed, once more, and the last line; the exit code. */
  end(): void;
}

export function createSteps(): Steps {
  let passed = 0;
  const failures: string[] = [];
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
        const reason = reasonOf(error);
        failures.push(`${name}: ${reason.split('\n', 2).join(' ').slice(0, 300)}`);
        console.log(`FAIL  ${name} (${seconds()})\n${indented(reason)}`);
        return false;
      }
    },
    end() {
      for (const failure of failures) console.log(`FAILED ${failure}`);
      console.log(`${passed} passed, ${failures.length} failed`);
      process.exitCode = failures.length === 0 ? 0 : 1;
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
