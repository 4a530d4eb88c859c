import { adapt, adaptPower } from './adapt.js';
import { adaptSplit, adaptSplitPower, adaptSplitZeroth } from './adaptSplit.js';
import { brightnessZeroth } from './brightnessZeroth.js';
import { constant } from './constant.js';
import { constantSplit } from './constantSplit.js';
import { constantZeroth } from './constantZeroth.js';
import { exponentialKernel } from './exponentialKernel.js';
import { gaussianKernel } from './gaussianKernel.js';
import { gradient } from './gradient.js';
import type { RegularizationOf } from './kind.js';
import { maternAdaptKernel } from './maternAdaptKernel.js';
import { maternField } from './maternField.js';
import { maternKernel } from './maternKernel.js';
import { zeroth } from './zeroth.js';

/** Every regularization by its name. A new one is a line here and a file beside. */
export const regularizationKinds = {
  constant,
  gradient,
  zeroth,
  constantZeroth,
  constantSplit,
  adapt,
  adaptPower,
  adaptSplit,
  adaptSplitPower,
  adaptSplitZeroth,
  brightnessZeroth,
  gaussianKernel,
  exponentialKernel,
  maternKernel,
  maternAdaptKernel,
  maternField,
};

/** What is known of the source before the data: `{ type: 'constant', coefficient: 1 }`. */
export type Regularization = RegularizationOf<typeof regularizationKinds>;
