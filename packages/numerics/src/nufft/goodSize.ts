/** The smallest length of a Fourier transform from n on without a prime factor above 5. */
export function goodSize(n: number): number {
  for (let size = Math.max(n, 1); ; size++) {
    let rest = size;
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
    if (rest === 1) return size;
  }
}
