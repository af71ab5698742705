// Opens the data of the home in argv[2], prints one JSON line about it, and stays: a parent for the tests to kill.

import { dataFolder, openNeo4j } from './open.ts';
import { runningIn } from './state.ts';

const home = process.argv[2] ?? '';
const running = await openNeo4j({ home, purpose: 'data', shortLived: true });
const state = await runningIn(dataFolder(home));
console.log(JSON.stringify({ how: running.how, connection: running.connection, state }));
setInterval(() => undefined, 60_000);
