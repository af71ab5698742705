import { connectionIn } from './launch.ts';
import { dataFolder, givenConnection, type OpenOptions, openData, type RunningNeo4j } from './open.ts';
import { endRunning, isAlive, type RunState, runningIn } from './state.ts';

/** What `trame db status` tells. `ownerPid` is the command that a tied Neo4j ends with. */
export type Neo4jStatus =
  | { state: 'given'; uri: string }
  | { state: 'stopped'; folder: string }
  | {
      state: 'running';
      folder: string;
      uri: string;
      how: RunState['how'];
      started: string;
      pid: number;
      ownerPid?: number;
    };

/** What became of a `trame db stop`. */
export type StopOutcome = 'stopped' | 'not-running' | { ownedBy: number };

/** What runs for this home now. Looks at its state file; starts nothing. */
export async function status(home: string): Promise<Neo4jStatus> {
  const given = givenConnection('data');
  if (given !== undefined) return { state: 'given', uri: given.uri };
  const folder = dataFolder(home);
  const state = await runningIn(folder);
  if (state === undefined) return { state: 'stopped', folder };
  return {
    state: 'running',
    folder,
    uri: connectionIn(folder, state.port).uri,
    how: state.how,
    started: state.started,
    pid: state.serverPid ?? state.supervisorPid,
    ...(state.tied ? { ownerPid: state.parentPid } : {}),
  };
}

/**
 * Starts this home's Neo4j so that it stays when this process ends, or finds the one that runs (`how` is then `running`).
 * @throws Neo4jUnavailable as `openNeo4j` does
 */
export function startBackground(home: string, onProgress?: (line: string) => void): Promise<RunningNeo4j> {
  const options: OpenOptions = { home, purpose: 'data', ...(onProgress ? { onProgress } : {}) };
  return openData(home, options, false);
}

/**
 * Stops this home's Neo4j and comes back when it is gone. One that a running command started for itself (a demo, say) is left to
 * that command, whose pid is given back; nothing is ever stopped that NEO4J_URI gives.
 */
export async function stopBackground(home: string): Promise<StopOutcome> {
  const folder = dataFolder(home);
  const state = await runningIn(folder);
  if (state === undefined) return 'not-running';
  if (state.tied && isAlive(state.parentPid)) return { ownedBy: state.parentPid };
  await endRunning(folder, state);
  return 'stopped';
}
