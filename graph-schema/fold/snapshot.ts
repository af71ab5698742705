/** Snapshots: passes over a whole source. Their ids begin with the instant at which they began, so that a record tells by the last one that named it since when it was not seen. */

/** The id of a snapshot that `run` begins. */
export function snapshotId(startedAt: Date, run: string): string {
  return `${startedAt.toISOString()} ${run}`;
}

/** When a snapshot began, ISO 8601. */
export function snapshotStart(id: string): string {
  return id.slice(0, id.indexOf(' '));
}
