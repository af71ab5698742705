/** "Not this trade": a steward says that a thing has nothing to do with a trade that its words tell. For ever, and reversible. */
import type { ManagedTransaction } from 'neo4j-driver';
import type { Database } from '../database.ts';
import { findDecisions, type KeptDecision, keepDecision, undoDecision } from '../decisions.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { identifierKey } from '../fold/identity.ts';
import { remake } from '../fold/remake.ts';
import type { Resolver } from '../vocabularies/resolver.ts';
import type { Steward } from './decide.ts';

/** A trade to which a thing leads, and what says so. */
export interface ToldTrade {
  /** The trade's own code (`tisserand`) and name. */
  readonly code: string;
  readonly label: string;
  readonly how: 'stated' | 'label' | 'inferred';
  /** 0 to 1. */
  readonly confidence: number;
  readonly rule: string | null;
  /** The words that say so. */
  readonly text: string | null;
}

/** Why a thing leads to its trades, and which were denied. For stewards: hidden things are explained too. */
export interface ToldTrades {
  readonly uid: string;
  readonly name: string;
  readonly trades: readonly ToldTrade[];
  readonly denied: readonly KeptDecision[];
}

/** The thing that the record with this key (bookkeeping.ts recordKey) describes: each of its trades with its evidence, the surest first. */
export async function explainTrades(database: Database, key: string): Promise<ToldTrades | { refused: Finding }> {
  return database.read(async (tx) => {
    const uid = await uidOfRecord(tx, key);
    return uid === undefined ? unknown(key) : toldOf(tx, uid);
  });
}

/**
 * The thing of this record does not lead to that trade, whatever is read or inferred of its words, now or at any later harvest. All records that describe
 * it now carry the decision: it holds wherever one of them goes. Refused where it does not lead there, where the source itself states it, and twice.
 */
export async function denyTrade(
  database: Database,
  resolver: Resolver,
  key: string,
  trade: string,
  { by, note }: Steward,
): Promise<{ readonly decision: string } | { readonly refused: Finding }> {
  return database.write(async (tx) => {
    const uid = await uidOfRecord(tx, key);
    if (uid === undefined) return unknown(key);
    // Two stewards at once deny it once.
    await tx.run('MATCH (e:Entity {uid: $uid}) SET e.lock = 1', { uid });
    const { name, trades, denied } = await toldOf(tx, uid);
    const [before] = denied.filter((one) => deniedIn(one) === trade);
    if (before) return { refused: finding('trade-denied', { name, trade, id: before.id.slice(0, 8), by: before.by }) };
    const told = trades.find(({ code }) => code === trade);
    if (told === undefined) return { refused: finding('trade-not-there', { name, trade }) };
    if (told.how === 'stated') return { refused: finding('trade-stated', { name, trade }) };
    const subject = `${key}\n${trade}`;
    const decision = await keepDecision(tx, { kind: 'not-trade', subject, by, note, data: { rule: told.rule } });
    await tx.run(
      `MATCH (d:Decision {id: $decision}) MATCH (:Entity {uid: $uid})<-[:DESCRIBES]-(r:SourceRecord)
       CREATE (d)-[:DECIDES]->(r)`,
      { decision, uid },
    );
    await remake(tx, [uid], resolver);
    return { decision };
  });
}

/** The decision of this sort whose id begins so, where there is one alone that holds. */
export async function denialOf(database: Database, idStart: string): Promise<KeptDecision | undefined> {
  const found = await database.read((tx) => findDecisions(tx, idStart));
  const [decision, ...others] = found.filter(({ undoneAt }) => undoneAt === null);
  return decision?.kind === 'not-trade' && others.length === 0 ? decision : undefined;
}

/** The thing leads again where its words lead. */
export async function undoDenial(
  database: Database,
  resolver: Resolver,
  { id }: Pick<KeptDecision, 'id'>,
  by: string,
): Promise<void> {
  await database.write(async (tx) => {
    const { records } = await tx.run(
      'MATCH (d:Decision {id: $id}) SET d.lock = 1 WITH d MATCH (d)-[:DECIDES]->(:SourceRecord)-[:DESCRIBES]->(e:Entity) RETURN DISTINCT e.uid AS uid',
      { id },
    );
    await undoDecision(tx, id, by);
    await remake(
      tx,
      records.map((row) => row.get('uid') as string),
      resolver,
    );
  });
}

/** The code of the trade that a decision denies. */
export const deniedIn = ({ subject }: Pick<KeptDecision, 'subject'>): string =>
  subject.slice(subject.lastIndexOf('\n') + 1);

const unknown = (id: string) => ({ refused: finding('identity-record-unknown', { id }) });

async function uidOfRecord(tx: ManagedTransaction, key: string): Promise<string | undefined> {
  const { records } = await tx.run(
    "MATCH (r:SourceRecord {key: $key})-[:DESCRIBES]->(e:Entity) WHERE r.state IN ['live', 'missing'] RETURN e.uid AS uid",
    { key },
  );
  return records[0]?.get('uid') as string | undefined;
}

const TRADE = identifierKey('Trade', { scheme: 'trame', value: '' });

async function toldOf(tx: ManagedTransaction, uid: string): Promise<ToldTrades> {
  const { records } = await tx.run(
    `MATCH (e:Entity {uid: $uid})
     RETURN coalesce(e.name, e.uid) AS name,
       COLLECT { MATCH (e)-[x]->(t:Trade) OPTIONAL MATCH (i:Identifier {uid: t.uid}) WHERE i.key STARTS WITH $trade
         WITH x, t, min(CASE WHEN x.via STARTS WITH $trade THEN x.via ELSE coalesce(i.key, x.via) END) AS key
         RETURN {code: substring(key, $length), label: coalesce(t.name, substring(key, $length)), how: x.how, confidence: x.confidence, rule: x.rule, text: x.text}
       } AS trades,
       COLLECT { MATCH (e)<-[:DESCRIBES]-(:SourceRecord)<-[:DECIDES]-(d:Decision {kind: 'not-trade'}) WHERE d.undoneAt IS NULL
         RETURN DISTINCT d.id } AS denied`,
    { uid, trade: TRADE, length: TRADE.length },
  );
  const row = records[0]!;
  const trades = (row.get('trades') as ToldTrade[]).toSorted(
    (a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1),
  );
  const denied: KeptDecision[] = [];
  for (const id of row.get('denied') as string[]) denied.push(...(await findDecisions(tx, id)));
  return { uid, name: row.get('name') as string, trades, denied };
}
