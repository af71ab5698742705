import type { Migration } from './migrate.ts';

/** The one node from which change numbers are taken. */
export const changeSequence: Migration = {
  number: 1,
  name: 'change-sequence',
  statements: [`MERGE (s:Sequence {name: 'change'}) ON CREATE SET s.value = 0`],
};
