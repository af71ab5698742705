import type { Migration } from './migrate.ts';

/** The key under which change numbers are shown (gateway/seal.ts): in the graph, so that every gateway has the same, and in backups, so that a cursor outlives a restore. */
export const changeSeal: Migration = {
  number: 3,
  name: 'change-seal',
  statements: [`MERGE (s:Seal {name: 'change'}) ON CREATE SET s.key = randomUUID() + randomUUID()`],
};
