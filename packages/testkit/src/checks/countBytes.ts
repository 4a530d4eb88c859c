/** Counts what a call allocates: every typed array and buffer that it makes, however it makes it. */

const constructors = [
  ArrayBuffer,
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
] as const;

/**
 * Runs a synchronous call and returns its result and the bytes of all typed arrays that it has made.
 *
 * For the duration the global constructors count, and so do the methods of typed arrays that make others
 * (`slice`, `map`, `from` and so on): they look their constructor up on the prototype. Views of existing
 * buffers (`subarray`) cost nothing.
 */
export function countBytes<R>(call: () => R): { readonly result: R; readonly bytes: number } {
  let bytes = 0;
  const restore = constructors.map((original) => {
    const counting = new Proxy(original, {
      construct(target, args: unknown[], newTarget): object {
        const made: { readonly byteLength: number } = Reflect.construct(target, args, newTarget);
        if (!(args[0] instanceof ArrayBuffer)) bytes += made.byteLength;
        return made;
      },
    });
    replace(globalThis, original.name, counting);
    replace(original.prototype, 'constructor', counting);
    return () => {
      replace(globalThis, original.name, original);
      replace(original.prototype, 'constructor', original);
    };
  });
  try {
    return { result: call(), bytes };
  } finally {
    for (const each of restore) each();
  }
}

function replace(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false });
}
