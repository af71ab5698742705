import type { Migration } from './migrate.ts';

/** Nothing asks for a record by the uid of its entity: the relation DESCRIBES leads there. */
export const dropRecordUidIndex: Migration = {
  number: 2,
  name: 'drop-record-uid-index',
  statements: ['DROP INDEX sourcerecord_uid IF EXISTS'],
};
