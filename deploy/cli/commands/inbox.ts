import { userInfo } from 'node:os';
import { Command } from 'commander';
import { finding } from '#graph-schema/findings/finding.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { type HeldBatch, heldBatches, stateInWords } from '#harvesters/held.ts';
import { approve, type Decided, refuse, undo } from '#harvesters/inbox.ts';
import { effectOf, type Member, membersOf } from '#harvesters/members.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, withHub } from '../hub.ts';
import { table } from '../table.ts';

const SAMPLE = 10;
/** Over so many members the effect of a batch is counted; beyond, it is said that it is a part. */
const MOST_COUNTED = 20_000;
/** Enough of a batch's id to tell it from the others. */
const SHORT = 8;

const KINDS = { deletions: 'suppressions', updates: 'mises à jour / updates' } as const;
export function inboxCommand(): Command {
  const command = new Command('inbox')
    .description(
      'ce qui attend une décision : suppressions et mises à jour retenues / what waits for a decision: held deletions and updates',
    )
    .option('--all', 'aussi ce qui est décidé / what is decided too')
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('show')
    .description('un lot : combien, lesquelles, ce qui changerait / one batch: how many, which, what would change')
    .argument('<batch>')
    .option('--json', 'pour un programme / for a program')
    .action(show);
  const deciding = [
    ['approve', 'supprimer, ou laisser passer / delete, or let through', approve],
    ['refuse', 'garder ce qui est là / keep what is there', refuse],
    ['undo', 'défaire une décision / undo a decision', undo],
  ] as const;
  for (const [name, description, decide] of deciding) {
    command
      .command(name)
      .description(description)
      .argument('<batch>')
      .option('--by <who>', 'qui décide / who decides', userInfo().username)
      .option('--note <text>', 'pourquoi / why')
      .action((batch: string, { by, note }: { by: string; note?: string }) =>
        withHub(async ({ database }) => {
          const told = await hearing(database, (resolver) => decide({ database, resolver }, batch, { by, note }));
          tellDecided(told, name);
        }),
      );
  }
  return command;
}

async function list(options: { all?: boolean; json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const batches = await heldBatches(database, options.all ? {} : { state: 'waiting' });
    if (options.json) console.log(JSON.stringify(batches, null, 2));
    else if (batches.length === 0) console.log('Rien n’attend de décision / nothing waits for a decision.');
    else console.log(listing(batches));
  }, options.json);
}

function listing(batches: readonly HeldBatch[]): string {
  const rows = batches.map((batch) => [
    batch.id.slice(0, SHORT),
    batch.source,
    KINDS[batch.kind],
    batch.count,
    batch.kind === 'deletions' ? `${batch.limit} / ${batch.live}` : batch.fields.join(', '),
    stateInWords(batch, new Date()),
    batch.openedAt.slice(0, 10),
    batch.expiresAt.slice(0, 10),
  ]);
  const head = ['lot', 'source', 'quoi', 'notices', 'limite / en tout, ou champs', 'état', 'depuis', 'jusqu’au'];
  return `${table(head, rows)}\n\ntrame inbox show <lot>, approve <lot>, refuse <lot>, undo <lot>`;
}

async function show(id: string, options: { json?: boolean }): Promise<void> {
  await withHub(async (hub) => {
    const batch = await only(hub, id);
    const sample = await membersOf(hub.database, batch, SAMPLE);
    const effect = await effectOf(hub.database, batch, MOST_COUNTED);
    if (options.json) {
      console.log(JSON.stringify({ ...batch, effect, sample }, null, 2));
      return;
    }
    console.log(listing([batch]));
    const kinds = Object.entries(effect.kinds).map(([kind, count]) => `${count} ${kind}`);
    const counted =
      batch.count > MOST_COUNTED ? ` (sur les ${MOST_COUNTED} premières / of the first ${MOST_COUNTED})` : '';
    console.log(
      `\n${kinds.join(', ')}${counted} ; ${effect.visible} visibles / visible${batch.kind === 'deletions' ? ` ; ${effect.tombstones} avec avis du partenaire / with the partner’s tombstone` : ''}`,
    );
    const fields = Object.entries(effect.fields).map(([name, { before, after }]) => [name, before, after]);
    if (fields.length > 0) console.log(`\n${table(['champ / field', 'avant / before', 'après / after'], fields)}`);
    console.log(`\n${sample.map((member) => told(batch, member)).join('\n')}`);
    if (batch.count > sample.length) console.log(`… et ${batch.count - sample.length} autres / others`);
  }, options.json);
}

async function only({ database }: Hub, id: string): Promise<HeldBatch> {
  const batches = await heldBatches(database, { id });
  if (batches.length === 1) return batches[0]!;
  throw new Complaint(tellFinding(finding('batch-unknown', { batch: id, count: batches.length })));
}

function told(batch: HeldBatch, { id, record, update, hasTombstone, notSeenSince }: Member): string {
  const hidden = record.visibility === 'hidden' ? ' (cachée / hidden)' : '';
  const name = `  ${id} · ${String(record.fields['name'] ?? '')}${hidden}`;
  if (batch.kind === 'deletions') {
    const why = hasTombstone
      ? 'le partenaire dit qu’elle n’existe plus / the partner says that it is gone'
      : `plus citée depuis / not seen since ${notSeenSince ?? '?'}`;
    return `${name} · ${why}`;
  }
  return [name, ...differences(record, update).map((line) => `      ${line}`)].join('\n');
}

/** Field by field, what an update would change. */
function differences(before: AnyRecord, after: AnyRecord | undefined): string[] {
  if (!after) return [];
  const was: Readonly<Record<string, unknown>> = { ...before.fields, ...before.relations };
  const is: Readonly<Record<string, unknown>> = { ...after.fields, ...after.relations };
  const text = (value: unknown) => (value === undefined ? '—' : JSON.stringify(value).slice(0, 80));
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => `${name} : ${text(was[name])} → ${text(is[name])}`);
}

const DONE = {
  approve: { deletions: 'supprimées / deleted', updates: 'mises à jour / updated' },
  refuse: { deletions: 'gardées / kept', updates: 'laissées comme elles étaient / left as they were' },
  undo: { deletions: 'revenues / brought back', updates: 'à nouveau proposées / to be proposed again' },
} as const;

function tellDecided(decided: Decided, what: keyof typeof DONE): void {
  if ('refused' in decided) throw new Complaint(tellFinding(decided.refused));
  const { batch, records } = decided;
  console.log(`${batch.source} : ${records} notices ${DONE[what][batch.kind]}.`);
  if (what === 'approve' && batch.kind === 'deletions')
    console.log(`Pour défaire / to undo: trame inbox undo ${batch.id.slice(0, SHORT)}`);
}
