import type { ModelChoice } from '../engine/protocol.js';
import { modelFromJson, modelJsonOf } from '../lens/modelText.js';

/** The model in the address of the page, after #, so that a link shows what one saw. */
export function addressOf(model: ModelChoice): string {
  return `#${encodeURIComponent(JSON.stringify(modelJsonOf(model)))}`;
}

/** What {@link addressOf} wrote; undefined where there is nothing, or what makes no sense. */
export function modelIn(hash: string): ModelChoice | undefined {
  if (hash.length < 2) return undefined;
  try {
    return modelFromJson(JSON.parse(decodeURIComponent(hash.slice(1))));
  } catch {
    return undefined;
  }
}
