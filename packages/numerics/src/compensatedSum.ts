/**
 * A running sum whose error does not grow with the number of terms: what each addition rounds off is
 * kept apart and added at the end (Kahan and Babuska, in Neumaier's form, 1974). Error at most
 * eps |sum| + n^2 eps^2 sum |terms|.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(term: number): void {
    const sum = this.#sum + term;
    // The smaller of the two has lost its last digits; the larger one gives them back.
    this.#lost += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - sum + term : term - sum + this.#sum;
    this.#sum = sum;
  }

  /** The sum so far. Once it is infinite or NaN there is nothing to correct. */
  get value(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}
