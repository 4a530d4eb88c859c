/** An app that is bundled and then run where there are no packages: nothing of them may be looked for in files. */
import { readBundled } from '@wtilde/data';

const { visibilities } = await readBundled();
console.log(visibilities.uvWavelengths.shape.join(' x '));
