import type { Precision } from '@wtilde/core-types';

/** How close one result came: recorded for every comparison that was made, passed or not. */
export interface Measurement {
  readonly backend: string;
  readonly precision: Precision;
  readonly kernel: string;
  readonly method: string;
  readonly dataset: string;
  readonly error: number;
  readonly allowed: number;
}

/** Takes measurements; suites are given one and never keep any themselves. */
export interface Report {
  record(measurement: Measurement): void;
}

/** A report that keeps what it is told. */
export function createReport(): Report & { readonly measurements: readonly Measurement[] } {
  const measurements: Measurement[] = [];
  return {
    measurements,
    record(measurement) {
      measurements.push(measurement);
    },
  };
}
