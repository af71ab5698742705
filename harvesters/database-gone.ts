/** Whether a fault is Neo4j's own absence, which time mends, and not a bug. */
import neo4j from 'neo4j-driver';

export function isDatabaseGone(fault: unknown): fault is Error {
  return (
    fault instanceof neo4j.Neo4jError &&
    (neo4j.isRetryableError(fault) ||
      /ServiceUnavailable|SessionExpired|DatabaseUnavailable|TransactionTimedOut/.test(fault.code))
  );
}
