import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { hasLostCells } from './lost-cells.ts';

let database: Database;
const run = (day: number, outcome: string, seen: number, lost: boolean) =>
  database.run(
    `CREATE (r:Run {id: '${day}', source: 'musee', outcome: $outcome, seen: $seen, startedAt: datetime('2026-03-0${day}')})
     ${lost ? "CREATE (r)<-[:IN]-(:Finding {code: 'table-cell-error'})" : ''}`,
    { outcome, seen },
  );

beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
});
afterAll(() => database.close());

test('cells that a harvest left aside stay lost until another has read the whole file', async () => {
  expect(await hasLostCells(database, 'musee')).toBe(false);
  await run(1, 'complete', 3, true);
  expect(await hasLostCells(database, 'musee')).toBe(true);
  await run(2, 'failed', 0, false);
  await run(3, 'complete', 0, false);
  await run(4, 'partial', 2, false);
  expect(await hasLostCells(database, 'musee')).toBe(true);
  await run(5, 'complete', 3, false);
  expect(await hasLostCells(database, 'musee')).toBe(false);
});
