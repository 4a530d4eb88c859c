import { WtildeError } from '@wtilde/core-types';
import type { Evidence } from './evidence.js';
import type { EvidenceAndGradient } from './evidenceAndGradient.js';

/** An evidence, and what its derivatives come to when somebody asks for them. */
export interface Evaluated {
  readonly evidence: Evidence;
  derivatives(): Promise<MadeGradient>;
}

/** A gradient, with the noise of the source where it comes along. */
export type MadeGradient = Pick<EvidenceAndGradient, 'gradient'> &
  Partial<Pick<EvidenceAndGradient, 'reconstructionNoiseMap'>>;

/** An evidence and, made after it, its gradient. */
export async function gradientAfter({ evidence, derivatives }: Evaluated): Promise<EvidenceAndGradient> {
  const { logEvidence, terms, reconstruction, mapper, warnings, ran, errorEstimate } = evidence;
  const { gradient, reconstructionNoiseMap = evidence.reconstructionNoiseMap() } = await derivatives();
  return {
    logEvidence,
    terms,
    reconstruction,
    reconstructionNoiseMap,
    mapper,
    warnings,
    ran,
    ...(errorEstimate && { errorEstimate }),
    gradient,
    gradientOfTerms() {
      throw new WtildeError('InvalidOption', {
        what: 'the terms of this evidence have no derivatives of their own',
        where: 'gradientOfTerms',
        expected: 'a source of any sign, and a regularization that is a graph',
        actual: 'a positive source, or a regularization that is a matrix',
        remedy: 'use the gradient of the whole evidence',
      });
    },
  };
}
