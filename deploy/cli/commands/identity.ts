import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { standingDecisions } from '#graph-schema/decisions.ts';
import { decideDistinct, decideSame } from '#graph-schema/identity/decide.ts';
import { decideAllSame } from '#graph-schema/identity/decide-group.ts';
import { type Proposal, proposals, settleGone } from '#graph-schema/identity/proposals.ts';
import { proposeIdentities } from '#graph-schema/identity/propose.ts';
import { PROPOSED_KINDS, type ProposedKind } from '#graph-schema/identity/propose-sorts.ts';
import { type SideRow, sidesOf } from '#graph-schema/identity/sides.ts';
import {
  acceptProposal,
  onlyProposal,
  partDecided,
  recordMeant,
  refuseProposal,
  stateInWords,
  undoDecided,
} from '#graph-schema/identity/steward.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { resolverFor } from '#graph-schema/words/decided.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { kindInWords, proposingInWords } from '../identities.ts';
import { table } from '../table.ts';

/** Enough of an id to tell it from the others. */
const SHORT = 8;
const MOST_LISTED = 200;
const WIDEST = 60;

interface Told {
  readonly by: string;
  readonly note?: string;
}

/** `trame identity`: which records speak of one thing. */
export function identityCommand(): Command {
  const command = new Command('identity').description(
    'quelles notices parlent d’une même chose : propositions et décisions / which records speak of one thing: proposals and decisions',
  );
  const kind = () => new Option('--kind <kind>', 'une sorte / one kind').choices(PROPOSED_KINDS);
  command
    .command('propose')
    .description('cherche dans tout le graphe ; lie ce qui est sûr, propose le reste / look through the whole graph')
    .addOption(kind())
    .option('--json', 'pour un programme / for a program')
    .action(propose);
  command
    .command('list', { isDefault: true })
    .description('ce qui attend une décision, le plus sûr d’abord / what waits for a decision, the surest first')
    .addOption(kind())
    .option('--all', 'aussi ce qui est décidé / what is decided too')
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('show')
    .description(
      'les deux côtés d’une proposition, ce qui diffère d’abord / both sides of a proposal, what differs first',
    )
    .argument('<proposal>')
    .option('--json', 'pour un programme / for a program')
    .action(show);
  addDeciding(command);
  command
    .command('decisions')
    .description('les décisions qui valent / the decisions that hold')
    .option('--json', 'pour un programme / for a program')
    .action(decisions);
  return command;
}

function addDeciding(command: Command): void {
  const deciding = (name: string, description: string, ...words: readonly string[]): Command => {
    const added = command.command(name).description(description);
    for (const word of words) added.argument(word.endsWith('...') ? `[${word}]` : `<${word}>`);
    return added
      .option('--by <who>', 'qui décide / who decides', userInfo().username)
      .option('--note <text>', 'pourquoi / why');
  };
  deciding('accept', 'c’est la même chose / they are one', 'proposal').action((id: string, told: Told) =>
    close(id, told, acceptProposal),
  );
  deciding('refuse', 'jamais la même chose ; ne plus demander / never the same', 'proposal').action(
    (id: string, told: Told) => close(id, told, refuseProposal),
  );
  const sides = ['a', 'b'] as const;
  const about = 'A et B : uid ou source/identifiant / A and B: a uid or source/identifier';
  deciding('same', `A et B (et C…) sont la même chose ; ${about}`, ...sides, 'c...').action(join);
  deciding('never-same', `A et B ne sont jamais la même chose ; ${about}`, ...sides).action(
    (a: string, b: string, told: Told) => decideOn(a, b, told, decideDistinct),
  );
  deciding('undo', 'défaire une décision / undo a decision', 'decision').action(undo);
  deciding(
    'part',
    'défaire d’un coup toutes les décisions qui ont réuni cette chose / undo every decision that made this one thing',
    'uid',
  ).action(partAll);
}

async function propose(options: { kind?: ProposedKind; json?: boolean }): Promise<void> {
  await withHub(async ({ database, signal }) => {
    const kinds = options.kind ? [options.kind] : PROPOSED_KINDS;
    const done = await hearing(database, (resolver) => proposeIdentities(database, resolver, { kinds, signal }));
    if (options.json) console.log(JSON.stringify(done, null, 2));
    else console.log(`${proposingInWords(done)}\n\ntrame identity list`);
    if (done.some(({ stopped }) => stopped)) process.exitCode = 3;
  }, options.json);
}

async function list(options: { kind?: ProposedKind; all?: boolean; json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const { kind, all, json } = options;
    const states = all ? (['waiting', 'accepted', 'refused', 'settled'] as const) : (['waiting'] as const);
    const found = await proposals(database, { kind, states, limit: json ? 100_000 : MOST_LISTED + 1 });
    if (json) return console.log(JSON.stringify(found, null, 2));
    if (found.length === 0) return console.log('Rien n’attend de décision / nothing waits for a decision.');
    const shown = found.slice(0, MOST_LISTED);
    const names = await namesOf(database, shown);
    const rows = shown.map((one) => [
      one.id.slice(0, SHORT),
      kindInWords(one.kind),
      one.score.toFixed(2),
      one.rule,
      `${names.get(one.uidA) ?? '–'} (${sourceOf(one.a)})`,
      `${names.get(one.uidB) ?? '–'} (${sourceOf(one.b)})`,
      stateInWords(one),
    ]);
    console.log(table(['numéro', 'quoi', 'score', 'règle / rule', 'A', 'B', 'état / state'], rows));
    if (found.length > shown.length) console.log('… --json les donne toutes / --json gives them all');
    console.log('\ntrame identity show <numéro>, accept <numéro>, refuse <numéro>');
  }, options.json);
}

const sourceOf = (key: string): string => key.slice(0, key.indexOf('/'));

async function namesOf(database: Hub['database'], found: readonly Proposal[]): Promise<ReadonlyMap<string, string>> {
  const uids = [...new Set(found.flatMap(({ uidA, uidB }) => [uidA, uidB]))];
  const { records } = await database.read((tx) =>
    tx.run('UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) WHERE e.name IS NOT NULL RETURN uid, e.name AS name', {
      uids,
    }),
  );
  return new Map(records.map((row) => [row.get('uid') as string, short(row.get('name') as string)]));
}

const short = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);

async function show(id: string, options: { json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const found = await onlyProposal(database, id);
    if ('refused' in found) throw new Complaint(tellFinding(found.refused));
    const { proposal } = found;
    const sides = await sidesOf(database, await resolverFor(database), [proposal.a, proposal.b]);
    if (options.json) return console.log(JSON.stringify({ ...proposal, sides }, null, 2));
    console.log(sidesInWords(sides));
    console.log(
      `\nScore ${proposal.score.toFixed(2)}, règle / rule ${proposal.rule} ; ${stateInWords(proposal)}` +
        `\nd’accord / agree: ${proposal.agrees.join(', ') || '–'} ; diffèrent / differ: ${proposal.differs.join(', ') || '–'}`,
    );
    const next =
      proposal.state === 'waiting'
        ? `accept ${id}, refuse ${id}`
        : proposal.decision && `undo ${proposal.decision.slice(0, SHORT)}`;
    if (next) console.log(`\ntrame identity ${next}`);
  }, options.json);
}

/** What differs is marked, and comes first. */
function sidesInWords(sides: readonly SideRow[]): string {
  const rows = sides.map(({ fr, en, a, b, differs }) => [differs ? '≠' : '', `${fr} / ${en}`, short(a), short(b)]);
  return table(['', 'champ / field', 'A', 'B'], rows);
}

async function close(id: string, told: Told, decide: typeof acceptProposal): Promise<void> {
  await withHub(async ({ database }) => {
    const done = await hearing(database, (resolver) => decide({ database, resolver }, id, told));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    tellDecided(done.decision);
  });
}

async function decideOn(a: string, b: string, told: Told, decide: typeof decideSame): Promise<void> {
  await withHub(async ({ database }) => {
    const [one, other] = [await recordMeant(database, a), await recordMeant(database, b)];
    if ('refused' in one) throw new Complaint(tellFinding(one.refused));
    if ('refused' in other) throw new Complaint(tellFinding(other.refused));
    const done = await hearing(database, (resolver) => decide(database, resolver, [one.key, other.key], told));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    await settleGone(database);
    if (done.merged) tell(`${done.merged.from} → ${done.merged.into}`);
    tellDecided(done.decision);
  });
}

/** All of one thing, in one go. */
async function join(a: string, b: string, more: readonly string[], told: Told): Promise<void> {
  if (more.length === 0) return decideOn(a, b, told, decideSame);
  await withHub(async ({ database }) => {
    const records: string[] = [];
    for (const one of [a, b, ...more]) {
      const meant = await recordMeant(database, one);
      if ('refused' in meant) throw new Complaint(tellFinding(meant.refused));
      records.push(meant.key);
    }
    const done = await hearing(database, (resolver) => decideAllSame(database, resolver, records, told));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    await settleGone(database);
    const ids = done.decisions.map((id) => id.slice(0, SHORT)).join(', ');
    console.log(`Décidé / decided: ${ids}\nPour tout défaire / to undo all: trame identity part ${done.uid}`);
  });
}

/** A thing, by its uid or that of a record. */
async function partAll(text: string, { by }: Told): Promise<void> {
  await withHub(async ({ database }) => {
    const uid = await uidMeant(database, text);
    const done = await hearing(database, (resolver) => partDecided({ database, resolver }, uid, by));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    const rows = done.things.map(({ record, uid: now }) => [record, now]);
    console.log(table(['notice / record', 'uid'], rows));
    console.log(`\nDéfait / undone: ${done.undone.map((id) => id.slice(0, SHORT)).join(', ')}`);
  });
}

async function uidMeant(database: Hub['database'], text: string): Promise<string> {
  const { records } = await database.run('MATCH (r:SourceRecord {key: $text}) RETURN r.uid AS uid', { text });
  return (records[0]?.get('uid') as string | null | undefined) ?? text;
}

async function undo(id: string, { by }: Told): Promise<void> {
  await withHub(async ({ database }) => {
    const done = await hearing(database, (resolver) => undoDecided({ database, resolver }, id, by));
    if ('refused' in done) throw new Complaint(tellFinding(done.refused));
    console.log(`Défait / undone: ${done.decision}`);
  });
}

function tellDecided(decision: string): void {
  console.log(`Décidé / decided: ${decision}\nPour défaire / to undo: trame identity undo ${decision.slice(0, SHORT)}`);
}

async function decisions({ json = false }: { json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const found = await database.read((tx) => standingDecisions(tx, ['same', 'distinct']));
    if (json) return console.log(JSON.stringify(found, null, 2));
    if (found.length === 0) return console.log('Rien n’est décidé / nothing is decided.');
    const rows = found.slice(-MOST_LISTED).map(({ id, kind, subject, by, at, note }) => {
      const [a = '', b = ''] = subject.split('\n');
      const what = kind === 'same' ? 'même / same' : 'jamais / never';
      return [id.slice(0, SHORT), what, short(a), short(b), by, at.slice(0, 10), note ?? ''];
    });
    console.log(table(['décision', 'quoi', 'A', 'B', 'par / by', 'le / on', 'pourquoi / why'], rows));
    if (found.length > rows.length)
      console.log(`… les ${rows.length} dernières de ${found.length} / the latest; --json`);
    console.log('\ntrame identity undo <décision>');
  }, json);
}
