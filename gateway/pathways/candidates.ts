/** Which structures could be one leg of a pathway: everything that links them to its trade, where they stand, what they offer. */
import type { STRUCTURE_TYPES } from '#graph-schema/model.ts';
import type { GeoPosition } from '../catalogue/question.ts';
import { type Audience, visible } from '../compile/audience.ts';
import { cypher, join, numberOf, type Piece, value, whole } from '../compile/cypher.ts';
import { type Compiled, compiled } from '../compile/roots.ts';
import { MATCH, type NearTrade } from './trades.ts';

export const LEG_ROLES = ['heritage', 'firm', 'training'] as const;
export type LegRole = (typeof LEG_ROLES)[number];

/** Which structures can be which leg. */
const TYPES: Readonly<Record<LegRole, readonly (typeof STRUCTURE_TYPES)[number][]>> = {
  heritage: ['museum', 'association', 'archive', 'collector', 'public-body', 'other'],
  firm: ['firm'],
  training: ['school'],
};

export const EVIDENCE_KINDS = ['about', 'holdings', 'training', 'activity', 'pathway'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One reason to take a structure for the trade. */
export interface Evidence {
  /** The trade that it speaks of: the one asked for or one near it. */
  readonly trade: string;
  readonly kind: EvidenceKind;
  readonly how: 'stated' | 'label' | 'inferred';
  /** 0 to 1. */
  readonly confidence: number;
  readonly rule: string | null;
  readonly text: string | null;
  /** Objects of that trade that it holds. */
  readonly objects: number | null;
  /** How near that trade is to the one asked for. */
  readonly match: number;
}

export interface FoundStructure {
  readonly uid: string;
  /** As the crow flies; null where nothing of its position is known. */
  readonly metres: number | null;
  readonly precision: 'site' | 'street' | 'commune' | 'area' | null;
  readonly evidence: readonly Evidence[];
}

export interface FoundLeg {
  readonly role: LegRole;
  /** Within the distance, or of unknown position; the best trade match first, then the nearest. */
  readonly structures: readonly FoundStructure[];
  /** Where there are none: the nearest of those that are too far. */
  readonly beyond: { readonly uid: string; readonly metres: number } | undefined;
}

/** Of these the best are chosen: K of docs/pathways.md is far below. */
const MOST_STRUCTURES = 400;
/** A structure is as surely of a trade's ROME or NAF code as the vocabulary says that the code matches the trade. */
const SURE = { exact: 0.89, close: 0.8, other: 0.5 } as const;
const CODE_SCHEMES = ['rome', 'naf'] as const;

/** One text, the same for every leg and every question: the planner takes a while for it, once. Gives `FoundLeg`. */
export function compileCandidates(
  role: LegRole,
  trades: readonly NearTrade[],
  from: GeoPosition,
  metres: number,
  audience: Audience,
): Compiled {
  const links = join(linksOf(role, audience), ' UNION ALL ');
  const found = cypher`UNWIND ${value(trades)} AS near MATCH (t:Entity:Trade {uid: near[0]}) WHERE ${visible('t', audience)} CALL (t, near) { ${links} } WITH s, max(near[1]) AS match, collect([t.uid, told, how, confidence, rule, text, objects, near[1]]) AS evidence ${standing('s', pointOf(from), audience)}`;
  const sorted = cypher`WITH s, match, evidence, metres, precision, coalesce(metres > ${value(metres)}, false) AS far ORDER BY far, CASE WHEN far THEN 0 ELSE match END DESC, metres, s.uid LIMIT ${whole(MOST_STRUCTURES)}`;
  const piece = cypher`${found} ${sorted} RETURN collect([s.uid, metres, precision, evidence]) AS rows`;
  return compiled(piece, (row) => readLeg((row?.['rows'] ?? []) as readonly StructureCells[], role, metres));
}

/** Whether something that could be this leg stands within the distance, whatever its trade: then its sources have been harvested there. */
export function compileIsCovered(role: LegRole, from: GeoPosition, metres: number, audience: Audience): Compiled {
  const near = (node: string) =>
    cypher`point.distance(${node}.point, ${pointOf(from)}) <= ${value(metres)} AND ${fits('any', role, audience)}`;
  const piece = cypher`RETURN EXISTS { MATCH (any:Structure) WHERE ${near('any')} } OR EXISTS { MATCH (at:Place)<-[:LOCATED_IN]-(any:Structure) WHERE ${near('at')} AND ${visible('at', audience)} AND any.point IS NULL } AS covered`;
  return compiled(piece, (row) => row?.['covered'] === true);
}

function fits(node: string, role: LegRole, audience: Audience): Piece {
  return cypher`${visible(node, audience)} AND coalesce(${node}.structureType, 'other') IN ${value(TYPES[role])} AND ${isOpen(node)}`;
}

function isOpen(node: string): Piece {
  return cypher`NOT coalesce(${node}.closed, false) AND coalesce(${node}.closedOn > $today, true)`;
}

function pointOf({ latitude, longitude }: GeoPosition): Piece {
  return cypher`point({latitude: ${value(latitude)}, longitude: ${value(longitude)}})`;
}

/** What leads from the trade `t` to a structure `s`, with how, how surely, and the words for it. */
function linksOf(role: LegRole, audience: Audience): readonly Piece[] {
  const fitting = fits('s', role, audience);
  const about = cypher`MATCH (t)<-[link:CONCERNS]-(s:Structure) WHERE ${fitting} RETURN s, 'about' AS told, link.how AS how, link.confidence AS confidence, link.rule AS rule, link.text AS text, null AS objects`;
  // The holdings of a whole sector would be most of a collection, and say little of the trade that was asked for.
  const holdings = cypher`MATCH (t)<-[:CONCERNS]-(o:HeritageObject)-[:HELD_BY]->(s:Structure) WHERE near[1] >= ${value(MATCH.near)} AND ${visible('o', audience)} AND ${fitting} WITH s, count(o) AS objects RETURN s, 'holdings' AS told, 'inferred' AS how, 1.0 - 1.0 / (1.0 + objects) AS confidence, null AS rule, null AS text, objects`;
  const byCode = cypher`MATCH (t)-[same:MATCHES]->(c:Concept)<-[does:HAS_ACTIVITY|TEACHES]-(s:Structure) WHERE ${visible('c', audience)} AND c.scheme IN ${value(CODE_SCHEMES)} AND ${fitting} RETURN s, CASE type(does) WHEN 'TEACHES' THEN 'training' ELSE 'activity' END AS told, 'inferred' AS how, CASE same.match WHEN 'exact' THEN ${value(SURE.exact)} WHEN 'close' THEN ${value(SURE.close)} ELSE ${value(SURE.other)} END AS confidence, c.scheme + '-' + coalesce(same.match, 'other') AS rule, coalesce(c.notation + ' ', '') + c.name AS text, null AS objects`;
  return [about, holdings, byCode, walked(role, audience)];
}

/** A structure that is this leg of a pathway of the trade already, whatever sort of structure it is or is not known to be. */
function walked(role: LegRole, audience: Audience): Piece {
  const seen = join(
    ['p', 'l', 's'].map((node) => visible(node, audience)),
    ' AND ',
  );
  return cypher`MATCH (t)<-[link:CONCERNS]-(p:Pathway)-[:HAS_LEG]->(l:Leg {role: ${value(role)}})-[:AT]->(s:Structure) WHERE ${seen} AND ${isOpen('s')} RETURN s, 'pathway' AS told, link.how AS how, link.confidence AS confidence, link.rule AS rule, p.name AS text, null AS objects`;
}

/** Its own point, else that of its place: `metres` from the origin, and of what it is the point. */
function standing(node: string, origin: Piece, audience: Audience): Piece {
  return cypher`CALL (${node}) { OPTIONAL MATCH (${node})-[:LOCATED_IN]->(at:Place) WHERE ${visible('at', audience)} AND at.point IS NOT NULL WITH at ORDER BY at.uid LIMIT 1 RETURN CASE WHEN ${node}.point IS NOT NULL THEN point.distance(${node}.point, ${origin}) WHEN at IS NOT NULL THEN point.distance(at.point, ${origin}) END AS metres, CASE WHEN ${node}.point IS NOT NULL THEN coalesce(${node}.pointPrecision, 'area') WHEN at IS NULL THEN null WHEN at.placeType = 'site' THEN coalesce(at.pointPrecision, 'site') WHEN at.placeType IN ['commune', 'former-commune'] THEN 'commune' ELSE 'area' END AS precision }`;
}

type EvidenceCells = readonly [
  trade: string,
  kind: EvidenceKind,
  how: Evidence['how'],
  confidence: number,
  rule: string | null,
  text: string | null,
  objects: unknown,
  match: number,
];
type StructureCells = readonly [
  uid: string,
  metres: number | null,
  precision: FoundStructure['precision'],
  evidence: readonly EvidenceCells[],
];

function readLeg(rows: readonly StructureCells[], role: LegRole, most: number): FoundLeg {
  const within = rows.filter(([, metres]) => metres === null || metres <= most);
  const [first] = rows;
  return {
    role,
    structures: within.map(([uid, metres, precision, evidence]) => ({
      uid,
      metres: metres === null ? null : Math.round(metres),
      precision,
      evidence: evidence.map(readEvidence),
    })),
    beyond: within.length === 0 && first ? { uid: first[0], metres: Math.round(first[1]!) } : undefined,
  };
}

function readEvidence([trade, kind, how, confidence, rule, text, objects, match]: EvidenceCells): Evidence {
  return { trade, kind, how, confidence, rule, text, objects: objects === null ? null : numberOf(objects), match };
}
