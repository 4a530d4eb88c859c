import type { Connection } from './connection.js';

/** Equal workers: whichever is asked, the answer is the same. */
export interface Team {
  /** The one that waits for the fewest answers, of equals the one that keeps the least, of equals the first. */
  leastBusy(): Connection;
  /** Notes that a worker keeps something from now on; the function that it returns notes the end of that. */
  keep(member: Connection): () => void;
  close(): void;
}

export function createTeam(members: readonly Connection[]): Team {
  const kept = new Map<Connection, number>();
  const keptBy = (member: Connection) => kept.get(member) ?? 0;
  return {
    leastBusy() {
      // With nobody left, the first says why.
      const alive = members.filter((member) => member.alive);
      const [first, ...others] = alive.length > 0 ? alive : members;
      return others.reduce(
        (best, one) => ((one.load - best.load || keptBy(one) - keptBy(best)) < 0 ? one : best),
        first,
      );
    },
    keep(member) {
      kept.set(member, keptBy(member) + 1);
      let over = false;
      return () => {
        if (!over) kept.set(member, keptBy(member) - 1);
        over = true;
      };
    },
    close() {
      for (const member of members) member.close();
    },
  };
}
