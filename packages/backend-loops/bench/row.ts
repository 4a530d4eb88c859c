import type { Calibration, Loop } from '@wtilde/testkit';

/** A time that somebody else needs. */
export interface Peer {
  readonly who: string;
  /** On their machine. */
  readonly ms: number;
  /** The loop that scales their machine to this one; null for a published time of unknown machines. */
  readonly loop: Loop | null;
}

/** One measurement, as it is taken. */
export interface Measured {
  readonly section: string;
  readonly name: string;
  readonly method: string;
  readonly ms: number;
  /** Median of backend-reference in the same run. */
  readonly referenceMs?: number | undefined;
  readonly peers: readonly Peer[];
}

/** Anything within 20 % is a tie. */
type Verdict = 'faster' | 'tie' | 'slower';

/** A peer as it would be on this machine. */
interface Comparison extends Peer {
  readonly msHere: number;
  /** Their time over ours. */
  readonly ratio: number;
  readonly verdict: Verdict;
}

export interface Row extends Omit<Measured, 'peers'> {
  readonly comparisons: readonly Comparison[];
}

/** @param here the loops on this machine, @param there on that of the peers */
export function compared({ peers, ...measured }: Measured, here: Calibration, there: Calibration): Row {
  const comparisons = peers.map((peer) => {
    const msHere = peer.loop === null ? peer.ms : (peer.ms * here[peer.loop]) / there[peer.loop];
    const ratio = msHere / measured.ms;
    return { ...peer, msHere, ratio, verdict: verdictOf(ratio) };
  });
  return { ...measured, comparisons };
}

function verdictOf(ratio: number): Verdict {
  if (ratio > 1.2) return 'faster';
  return ratio < 1 / 1.2 ? 'slower' : 'tie';
}
