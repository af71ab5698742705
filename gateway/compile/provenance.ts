/** Where the values of an entity come from, folded again from the records that everyone may see. */
import { explain } from '#graph-schema/fold/explain.ts';
import type { KindName } from '#graph-schema/model.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { today } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { cypher, numberOf, type Piece, whole } from './cypher.ts';
import { pick } from './page.ts';
import { nodeAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';

/** Best first, so that what is beyond it could only fill fields that none of these fills. */
const MOST_RECORDS = 500;

type StoredRecord = readonly [source: string, id: string, rank: unknown, record: string];

export function readProvenance(columns: Columns, scope: Scope, field: Selected): Reader {
  const read = columns.add(records(nodeAt(scope)));
  const { kind } = scope;
  return (row) => explained(kind, read(row) as StoredRecord[]).map((told) => pick(field, { ...told }));
}

/** The same records as the fold hears (live, or only missing from the last list), never a hidden one nor a hidden source's. */
function records(node: string): Piece {
  return cypher`COLLECT { MATCH (${node})<-[:DESCRIBES]-(said:SourceRecord) WHERE said.visibility = 'public' AND said.state IN ['live', 'missing'] AND NOT EXISTS { MATCH (source:Source {name: said.source}) WHERE NOT coalesce(source.visible, false) } RETURN [said.source, said.id, said.rank, said.record] ORDER BY said.rank, said.source, said.id LIMIT ${whole(MOST_RECORDS)} }`;
}

function explained(kind: KindName, stored: readonly StoredRecord[]) {
  const day = today();
  const describing = stored
    .map(([source, id, rank, record]) => ({
      source,
      id,
      rank: numberOf(rank),
      record: JSON.parse(record) as AnyRecord,
    }))
    .filter(({ record }) => record.visibility === 'public' && (record.visibleUntil ?? day) >= day);
  return explain(kind, describing);
}
