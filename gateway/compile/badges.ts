/** What can be said of a pathway at a glance. Each is a fact of its own, worked out when it is asked for: none leads to another. */
import { today, visible } from './audience.ts';
import type { Columns, Reader } from './columns.ts';
import { cypher, whole } from './cypher.ts';
import { pick } from './page.ts';
import { nodeAt, type Scope } from './scope.ts';
import type { Selected } from './selection.ts';

/** A test older than this says little of what a class would find now (docs/pathways.md). */
const STALE_AFTER_YEARS = 2;
/** A pathway has three legs; a leg too many must not become a list without end. */
const MOST_LEGS = 20;

type Leg = readonly [role: string | null, state: string | null];

/** Adds the legs and the test of the pathway at this scope. */
export function readBadges(columns: Columns, scope: Scope, field: Selected): Reader {
  const node = nodeAt(scope);
  const readLegs = columns.call(
    node,
    cypher`MATCH (${node})-[:HAS_LEG]->(leg:Leg) WHERE ${visible('leg', scope.audience)} WITH leg ORDER BY leg.position, leg.uid LIMIT ${whole(MOST_LEGS)} RETURN collect([leg.role, leg.state])`,
  );
  const readTest = columns.add(cypher`[${node}.testDateText, ${node}.testDateEdtf, ${node}.testPupils]`);
  return (row) => {
    const legs = (readLegs(row) ?? []) as readonly Leg[];
    const [text, edtf, pupils] = readTest(row) as readonly [string | null, string | null, unknown];
    const confirmed = legs.filter(([, state]) => state === 'confirmed').length;
    return pick(field, {
      confirmedLegs: confirmed,
      legCount: legs.length,
      isValidated: legs.length > 0 && confirmed === legs.length,
      missingLegs: legs.flatMap(([role, state]) => (state === 'missing' && role !== null ? [role] : [])),
      isTested: text !== null || pupils !== null,
      isStale: edtf === null ? null : isStale(edtf, today()),
    });
  };
}

/** Whether the last day that an EDTF date can mean is too long ago; null where it has no year. `day` as YYYY-MM-DD. */
export function isStale(edtf: string, day: string): boolean | null {
  const last = edtf.split('/').at(-1)!.replaceAll(/[~?%]/g, '');
  const [, year, month = '12', date = '31'] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(last) ?? [];
  return year === undefined ? null : `${Number(year) + STALE_AFTER_YEARS}-${month}-${date}` < day;
}
