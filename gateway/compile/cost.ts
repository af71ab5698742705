/** What a selection may cost at most, in rows: known before anything is asked of the database. */
import { Refusal } from '../refusal.ts';
import { pageSize } from './page.ts';
import type { Selected } from './selection.ts';

/** Rows that one request may touch at most. A page of 100 objects with four relations of 20 is 8,100. */
export const MOST_ROWS = 10_000;

/** Subqueries that one request may be made of. The planner takes a while for each, the first time that a question is asked. */
export const MOST_PARTS = 50;

/** A count visits what it counts, and provenance reads whole records. */
const WEIGHTS: Readonly<Record<string, number>> = {
  totalCount: 10,
  provenance: 10,
  pageInfo: 0,
  didYouMean: 10,
  highlights: 1,
  moments: 1,
  apiKeys: 1_000,
};
/** A facet is counted over all that a search keeps. */
const FACET_WEIGHT = 20;
/** Three legs, and for each what leads from some two hundred trades to structures. */
const CANDIDATES_WEIGHT = 300;
const LEGS = 3;
/** Lists that are bounded by themselves: how many items at most. */
const SHORT_LISTS: Readonly<Record<string, number>> = { offers: 10, pathways: 10 };
/** What a question costs beside its rows, asked at the root: all kinds counted, the catalogue searched. */
const ROOT_WEIGHTS: Readonly<Record<string, number>> = {
  counts: 500,
  search: 20,
  suggest: 5,
  similar: 20,
  structureNetwork: 500,
};
/** The total of a list at the root is not bounded by what leads to it. */
const ROOT_TOTAL_WEIGHT = 100;
/** Steps inside a list that are no step in the graph. */
const WRAPPERS = new Set(['nodes', 'edges', 'node']);
/** Types that are no step either. */
const VALUES = new Set([
  'Me',
  'Budget',
  'KeyUse',
  'HistoricalDate',
  'Position',
  'Occurrence',
  'Code',
  'KindCount',
  'Run',
  'RunReason',
  'RunStages',
  'Source',
  'SourceFreshness',
  'Thumbnail',
  'SearchFacets',
  'Facet',
  'FacetValue',
  'Highlight',
  'Mark',
  'Moment',
  'Coverage',
  'CoverageCell',
  'StructureNetwork',
  'NetworkNode',
  'NetworkEdge',
  'NetworkCommunity',
  'Suggestion',
  'Similar',
  'PathwayCandidates',
  'PathwayLegCandidates',
  'PathwayCandidate',
  'CandidateEvidence',
  'CandidateMissing',
  'CandidateScorePart',
  'CandidatesOrigin',
]);

/** All that a request asks at the root, in rows or what takes as long. */
export function costOfRequest(roots: readonly Selected[]): number {
  return roots.reduce((sum, root) => sum + (ROOT_WEIGHTS[root.name] ?? weightOfTotal(root)), costOf(roots));
}

function weightOfTotal({ of }: Selected): number {
  const isAsked = [...of.values()].flat().some(({ name }) => name === 'totalCount');
  return isAsked ? ROOT_TOTAL_WEIGHT : 0;
}

/** The rows of all these fields together: a list of N has N times what is asked of its rows. */
export function costOf(fields: readonly Selected[]): number {
  return fields.reduce((sum, field) => sum + costOfField(field), 0);
}

function costOfField(field: Selected): number {
  const weight = WEIGHTS[field.name];
  if (weight !== undefined) return weight;
  if (field.of.size === 0) return 0;
  if (field.of.has('Facet')) return FACET_WEIGHT + Number(field.args['first']) * costOf([...field.of.values()].flat());
  if (field.of.has('PathwayCandidates')) return CANDIDATES_WEIGHT + LEGS * costOfList(field);
  if ('first' in field.args) return costOfList(field);
  const most = SHORT_LISTS[field.name];
  if (most !== undefined) return most * (1 + dearest(field));
  if (Array.isArray(field.args['ids'])) return field.args['ids'].length * (1 + dearest(field));
  return (WRAPPERS.has(field.name) || isValue(field.of) ? 0 : 1) + dearest(field);
}

/** A total is counted once, all else for each row. */
function costOfList(field: Selected): number {
  const fields = [...field.of.values()].flat();
  const once = fields.filter(({ name }) => name === 'totalCount');
  const each = fields.filter(({ name }) => name !== 'totalCount');
  return pageSize(field.args) * (1 + costOf(each)) + costOf(once);
}

/** A row is of one kind: the dearest stands for all. */
function dearest(field: Selected): number {
  return Math.max(0, ...[...field.of.values()].map(costOf));
}

/** The subqueries of all these fields together, for every kind that a field can turn out to be. */
export function partsOf(fields: readonly Selected[]): number {
  return fields.reduce((sum, field) => sum + partsOfField(field), 0);
}

function partsOfField({ name, of }: Selected): number {
  if (name === 'totalCount') return 1;
  if (of.size === 0 || name === 'pageInfo') return 0;
  const inside = [...of.values()].reduce((sum, fields) => sum + partsOf(fields), 0);
  return inside + (WRAPPERS.has(name) || isValue(of) ? 0 : 1);
}

/** A date, a position, a code: it is read with its entity. */
function isValue(of: Selected['of']): boolean {
  return [...of.keys()].every((type) => VALUES.has(type));
}

/** @throws Refusal where the request is dearer, or is made of more, than it may be */
export function refuseIfDear(fields: readonly Selected[]): void {
  const parts = partsOf(fields);
  if (parts > MOST_PARTS) {
    throw new Refusal(
      'QUERY_TOO_WIDE',
      `Cette requête suit ${parts} relations ou totaux, plus que la limite de ${MOST_PARTS} : partagez-la en plusieurs.`,
      `This query follows ${parts} relations or totals, more than the limit of ${MOST_PARTS}: split it into several.`,
    );
  }
  const cost = costOfRequest(fields);
  if (cost <= MOST_ROWS) return;
  throw new Refusal(
    'COST_TOO_HIGH',
    `Cette requête peut toucher ${cost} lignes, plus que la limite de ${MOST_ROWS} : réduisez \`first\` ou les listes imbriquées.`,
    `This query may touch ${cost} rows, more than the limit of ${MOST_ROWS}: lower \`first\` or nest fewer lists.`,
  );
}
