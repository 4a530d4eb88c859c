import { groups } from '@wtilde/core-types';
import type { KernelGroup } from './options.js';

export const kernelGroups: readonly KernelGroup[] = ['curvatureMatrix', 'wTilde'];

export function isGroup(name: string): name is KernelGroup {
  return kernelGroups.some((group) => group === name);
}

/** The group whose routes end in this kernel. */
export function groupOf(kernel: string): KernelGroup | undefined {
  return kernelGroups.find((name) =>
    groups.some(
      (group) =>
        group.name === name && Object.values(group.routes).some(({ steps }) => steps.at(-1)?.kernel === kernel),
    ),
  );
}
