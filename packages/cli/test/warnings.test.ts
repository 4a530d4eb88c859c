import type { Warning, WarningCode } from '@wtilde/lens';
import { expect, test } from 'vitest';
import { printWarnings } from '../src/text/warnings.js';
import { Capture } from './invoke.js';

const warning = (code: WarningCode): Warning => ({
  code,
  what: 'a pixel\nis coarse',
  where: '--pixel-scale',
  values: '0.2',
  remedy: 'use 0.1',
});

test('each is one line on stderr, and under --strict they are an error', () => {
  const io = { stdout: new Capture(), stderr: new Capture() };
  const warnings = [warning('CoarsePixels'), warning('MaskBelowBeam')];
  printWarnings(io, warnings);
  expect(io.stdout.text).toBe('');
  expect(io.stderr.text.split('\n').slice(0, -1)).toEqual(
    Array.from({ length: 2 }, () => 'wtilde: warning: --pixel-scale: a pixel is coarse (0.2); use 0.1'),
  );
  expect(() => printWarnings(io, warnings, true)).toThrow(/--strict.*CoarsePixels, MaskBelowBeam/);
  printWarnings(io, [], true);
});
