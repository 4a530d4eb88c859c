import type { Tasks } from '@wtilde/executor';

/** A module as it is built, seen from the sources as well as from the build: threads run what is built. */
const built = (name: string) => new URL(`../../dist/tasks/${name}.js`, import.meta.url);

/** What `wtilde worker` can do, by name. */
export const tasks: Tasks = {
  sums: built('sums'),
  points: built('points'),
  lines: built('lines'),
  observation: built('observation'),
};
