import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '@wtilde/data';
import type { TestDataset } from '../datasets/dataset.js';
import { goldenFields } from './goldenCases.js';
import { goldenFolder } from './goldenFolder.js';

/** The two golden files that peers publish times of, as far as they are there. */
export function goldenDatasets(folder: string = goldenFolder()): readonly TestDataset[] {
  return ['generated-default', 'sma'].flatMap((name) => {
    const file = join(folder, `${name}.npz`);
    if (!existsSync(file)) return [];
    return [
      {
        name: `golden ${name}`,
        doc: 'golden file',
        fields: goldenFields(readNpz(readFileSync(file), { where: file })),
      },
    ];
  });
}
