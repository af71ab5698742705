/** `trame words why` and `deny`: why a thing leads to a trade, and that it has nothing to do with it. */
import { recordMeant } from '#graph-schema/identity/steward.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { deniedIn, denyTrade, explainTrades } from '#graph-schema/words/deny.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, withHub } from '../hub.ts';
import { table } from '../table.ts';

const SHORT = 8;
const WIDEST = 60;
const HOW = { stated: 'dit / stated', label: 'lu / read', inferred: 'déduit / inferred' } as const;

export async function why(thing: string, options: { json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const told = await explainTrades(database, await keyOf(database, thing));
    if ('refused' in told) throw new Complaint(tellFinding(told.refused));
    if (options.json) return console.log(JSON.stringify(told, null, 2));
    const rows = told.trades.map(({ code, label, how, confidence, rule, text }) => [
      `${label} [${code}]`,
      HOW[how],
      confidence.toFixed(2),
      rule ?? '–',
      (text ?? '–').slice(0, WIDEST),
    ]);
    console.log(`« ${told.name} » ${told.uid}`);
    if (rows.length === 0) console.log('Aucun métier / no trade.');
    else
      console.log(table(['métier / trade', 'd’où / how', 'sûr à / sure', 'règle / rule', 'preuve / evidence'], rows));
    for (const one of told.denied)
      console.log(
        `Jamais / never ${deniedIn(one)} : ${one.by}, ${one.at.slice(0, 10)}${one.note ? `, « ${one.note} »` : ''} (trame words undo ${one.id.slice(0, SHORT)})`,
      );
    if (rows.length > 0) console.log(`\ntrame words deny ${thing} <code>`);
  }, options.json);
}

export async function deny(
  thing: string,
  trade: string,
  { by, note }: { readonly by: string; readonly note?: string },
): Promise<void> {
  await withHub(async ({ database }) => {
    const key = await keyOf(database, thing);
    const done = await hearing(database, (resolver) => denyTrade(database, resolver, key, trade, { by, note }));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    console.log(
      `« ${thing} » n’a rien à voir avec « ${trade} » / has nothing to do with it.\nDéfaire / undo: trame words undo ${done.decision.slice(0, SHORT)}`,
    );
  });
}

async function keyOf(database: Hub['database'], thing: string): Promise<string> {
  const meant = await recordMeant(database, thing);
  if ('refused' in meant) throw new Complaint(tellFinding(meant.refused));
  return meant.key;
}
