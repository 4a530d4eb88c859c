/** Parsing that asks for bytes: one description for bytes at hand and for files that are read piece by piece. */

/** Bytes of the file that a parser needs next. It gets fewer where the file ends. */
interface Wanted {
  readonly at: number;
  readonly length: number;
}

export type Parsing<R> = Generator<Wanted, R, Uint8Array>;

/** Runs a parser over bytes at hand. */
export function parseBytes<R>(parsing: Parsing<R>, bytes: Uint8Array): R {
  let step = parsing.next();
  while (!step.done) step = parsing.next(bytes.subarray(step.value.at, step.value.at + step.value.length));
  return step.value;
}

/** Runs a parser over bytes that have to be fetched. */
export async function parseFetched<R>(
  parsing: Parsing<R>,
  fetch: (at: number, length: number) => Promise<Uint8Array>,
): Promise<R> {
  let step = parsing.next();
  while (!step.done) step = parsing.next(await fetch(step.value.at, step.value.length));
  return step.value;
}
