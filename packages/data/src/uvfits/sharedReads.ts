import type { UvfitsGroups } from './groups.js';
import type { ReadUvfitsOptions, Uvfits } from './open.js';

/** A file as one of several readers has it. */
export interface SharedReader {
  /** As the file, but that a pass over it begins when all readers ask for one, and goes on when all have asked for more. */
  readonly uvfits: Uvfits;
  /** Others no longer wait for this reader. */
  leave(): void;
}

interface Asking {
  resolve(groups: UvfitsGroups | undefined): void;
  reject(error: unknown): void;
}

/**
 * One file for several readers that read it at the same time: every pass over it is made once for all of them, and memory
 * is that of one. What the first of them asks to be read is what all get.
 */
export function sharedReads(file: Uvfits, readers: number): readonly SharedReader[] {
  const there = new Set(Array.from({ length: readers }, (_, reader) => reader));
  /** Those that wait for a pass to begin, those that take part in it, and those of them that wait for more. */
  const starting = new Map<number, Asking & { readonly options: ReadUvfitsOptions | undefined }>();
  const taking = new Set<number>();
  const waiting = new Map<number, Asking>();
  let pass: ReturnType<Uvfits['read']> | undefined;
  let busy = false;

  /** Goes on as far as nobody has to be waited for. */
  function goOn(): void {
    if (busy) return;
    if (pass === undefined) {
      const [first] = starting.values();
      if (first === undefined || starting.size < there.size) return;
      pass = file.read(first.options);
      for (const [reader, asking] of starting) {
        taking.add(reader);
        waiting.set(reader, asking);
      }
      starting.clear();
    }
    if (taking.size === 0) settle(pass.return(undefined), () => {});
    else if (waiting.size === taking.size) {
      settle(pass.next(), (asking, { done, value }) => asking.resolve(done ? undefined : value));
    }
  }

  function settle<R extends { readonly done?: boolean | undefined }>(
    step: Promise<R>,
    tell: (asking: Asking, result: R) => void,
  ): void {
    busy = true;
    const ended = (over: boolean, each: (asking: Asking) => void) => {
      busy = false;
      const asked = [...waiting.values()];
      waiting.clear();
      if (over) {
        pass = undefined;
        taking.clear();
      }
      asked.forEach(each);
      goOn();
    };
    step.then(
      (result) => ended(result.done === true, (asking) => tell(asking, result)),
      (error: unknown) => ended(true, (asking) => asking.reject(error)),
    );
  }

  function withdraw(reader: number): void {
    starting.delete(reader);
    taking.delete(reader);
    waiting.delete(reader);
    goOn();
  }

  return Array.from({ length: readers }, (_, reader) => ({
    uvfits: {
      ...file,
      async *read(options) {
        try {
          const begin = (asking: Asking) => starting.set(reader, { ...asking, options });
          for (let groups = await asked(begin); groups !== undefined; ) {
            yield groups;
            groups = await asked((asking) => waiting.set(reader, asking));
          }
        } finally {
          withdraw(reader);
        }
      },
    },
    leave() {
      there.delete(reader);
      withdraw(reader);
    },
  }));

  function asked(register: (asking: Asking) => void): Promise<UvfitsGroups | undefined> {
    return new Promise((resolve, reject) => {
      register({ resolve, reject });
      goOn();
    });
  }
}
