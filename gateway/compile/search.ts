/** `search`: the full text over all kinds, best first. */
import { KINDS, type KindName } from '#graph-schema/model.ts';
import { type Audience, visibleStartOfAnyKind } from './audience.ts';
import { readCursor } from './cursor.ts';
import { cypher, join, value, whole } from './cypher.ts';
import { readAnyEntity } from './entity.ts';
import { MOST_HITS } from './filter.ts';
import { planPage } from './page.ts';
import { fullTextQuestion } from './question.ts';
import { type Compiled, compilePage } from './roots.ts';
import { columnsAt } from './scope.ts';
import type { Selected } from './selection.ts';

/** Answers that a search can be paged through; `totalCount` never says more. */
export const MOST_ANSWERS = 1_000;

/** Searched unless told otherwise: a picture is found by what it shows, a stop or leg by its route or pathway. */
export const SEARCHED: readonly KindName[] = KINDS.filter((kind) => !['Media', 'Stop', 'Leg'].includes(kind));

/** Ordered by score, then uid. */
export function compileSearch(field: Selected, audience: Audience): Compiled {
  const { index, lucene } = fullTextQuestion(String(field.args['query']));
  const asked = (field.args['kinds'] ?? []) as readonly KindName[];
  const kinds = asked.length > 0 ? asked : SEARCHED;
  const page = planPage(field, {
    columns: columnsAt({ depth: 0 }),
    order: 'score',
    key: cypher`score`,
    uid: cypher`n0.uid`,
    edge: (name) => cypher`${name}`,
    readNode: (columns, node) => readAnyEntity(columns, { audience, depth: 0 }, node),
  });
  const ofKinds = join(
    KINDS.filter((kind) => kinds.includes(kind)).map((kind) => cypher`n0:${kind}`),
    ' OR ',
  );
  const hits = cypher`CALL db.index.fulltext.queryNodes(${value(index)}, ${value(lucene)}, {limit: ${whole(MOST_HITS)}}) YIELD node AS n0, score WHERE (${ofKinds}) AND ${visibleStartOfAnyKind('n0', audience)} WITH n0, score ORDER BY score DESC, n0.uid LIMIT ${whole(MOST_ANSWERS)}`;
  const listed = cypher`${hits} WITH n0, score WHERE ${behind(field)} WITH n0, score ORDER BY score DESC, n0.uid`;
  return compilePage(page, listed, hits);
}

/** Scores fall: behind a place they are lower, or the same with a later uid. No score is as high as the bound of the first page. */
function behind(field: Selected) {
  const after = field.args['after'];
  const [score, uid] = after == null ? [Number.MAX_VALUE, ''] : readCursor('score', after as string);
  return cypher`(score < ${value(score)} OR (score = ${value(score)} AND n0.uid > ${value(uid)}))`;
}
