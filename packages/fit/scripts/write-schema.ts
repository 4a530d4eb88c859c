// Writes schema/lens.json from the tables of profiles; a test says when it is stale.
import { writeFileSync } from 'node:fs';
import { lensSchema } from '@wtilde/fit';

writeFileSync(new URL('../schema/lens.json', import.meta.url), `${JSON.stringify(lensSchema(), undefined, 2)}\n`);
