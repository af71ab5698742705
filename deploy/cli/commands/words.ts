import { userInfo } from 'node:os';
import { Argument, Command } from 'commander';
import { standingDecisions } from '#graph-schema/decisions.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { DECIDABLE, type Decidable, type DecidedWords } from '#graph-schema/reconcile/decided.ts';
import { isOneLetterOff } from '#graph-schema/reconcile/places-likeness.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { fold } from '#graph-schema/text.ts';
import { packagedPlaces } from '#graph-schema/vocabularies/places-packaged.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { previewWords, type Settled, settleWords, undoWords } from '#graph-schema/words/decide.ts';
import { decidedIn } from '#graph-schema/words/decided.ts';
import { denialOf, deniedIn, undoDenial } from '#graph-schema/words/deny.ts';
import { waitingWords } from '#graph-schema/words/queue.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { withHub } from '../hub.ts';
import { table } from '../table.ts';
import { deny, why } from './words-deny.ts';

const SHOWN = 30;
const SHORT = 8;
const which = () => new Argument('[which]', 'trades (métiers) ou places (lieux)').choices(DECIDABLE);

/** `trame words`: what waits for a steward, and what was settled (docs/words.md). */
export function wordsCommand(): Command {
  const command = new Command('words')
    .description(
      'les mots des notices qu’aucune règle ne sait lire sûrement, et ce qui en est décidé / words of records that no rule reads surely, and what is decided of them',
    )
    .addArgument(which())
    .option('--all', `tous, et non les ${SHOWN} plus fréquents / all of them`)
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('settle')
    .description(
      'règle des mots, dans tout ce qui est là et tout ce qui viendra / settle words, in all that is there and all that comes',
    )
    .addArgument(new Argument('<which>', 'trades, places').choices(DECIDABLE))
    .argument('<words>', 'les mots, tels que les notices les écrivent / as the records write them')
    .argument('[code...]', 'ce qu’ils désignent : code INSEE ou NIS, nom d’un métier du vocabulaire / what they name')
    .option('--none', 'rien du vocabulaire : ils restent des mots / nothing of the vocabulary')
    .option('--dry-run', 'dit seulement combien de notices les disent / only say how many records say them')
    .option('--by <who>', 'qui décide / who decides', userInfo().username)
    .option('--note <text>', 'pourquoi / why')
    .action(settle);
  command
    .command('why')
    .description('les métiers d’une chose, et ce qui les dit / the trades of a thing, and what says so')
    .argument('<thing>', 'uid, ou source/identifiant / or source/identifier')
    .option('--json', 'pour un programme / for a program')
    .action(why);
  command
    .command('deny')
    .description(
      'cette chose n’a rien à voir avec ce métier, quoi qu’en disent ses mots / this thing has nothing to do with that trade, whatever its words say',
    )
    .argument('<thing>', 'uid, ou source/identifiant / or source/identifier')
    .argument('<code>', 'nom court du métier, donné par « why » / the trade’s short name, as “why” gives it')
    .option('--by <who>', 'qui décide / who decides', userInfo().username)
    .option('--note <text>', 'pourquoi / why')
    .action(deny);
  command
    .command('decisions')
    .description('ce qui est décidé / what is decided')
    .option('--json', 'pour un programme / for a program')
    .action(decisions);
  command
    .command('undo')
    .description('défait une décision / undo a decision')
    .argument('<decision>')
    .option('--by <who>', 'qui / who', userInfo().username)
    .action(undo);
  return command;
}

async function list(what: Decidable | undefined, options: { all?: boolean; json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const reconcile = createReconciler();
    const waiting = (await waitingWords(database, what)).map((one) => ({
      ...one,
      proposed: reconcile[one.what](one.words).map(({ label, identifier, confidence, rule }) => ({
        label,
        code: identifier?.value,
        confidence,
        rule,
      })),
    }));
    if (options.json) return console.log(JSON.stringify(waiting, null, 2));
    if (waiting.length === 0) return console.log('Aucun mot n’attend / no word waits.');
    const shown = options.all ? waiting : waiting.slice(0, SHOWN);
    const rows = shown.map((one) => [
      one.what,
      one.words.slice(0, 50),
      one.entities,
      one.visible,
      one.proposed
        .map(({ label, code }) => `${label} [${code}]`)
        .join(' ; ')
        .slice(0, 70) || '–',
      (one.examples[0] ?? '').slice(0, 40),
    ]);
    const more = waiting.length - shown.length;
    const rest = more > 0 ? `\n… et ${more} autres (--all) / and ${more} others` : '';
    console.log(
      `${table(['quoi', 'mots / words', 'notices', 'visibles', 'proposé / proposed', 'par exemple'], rows)}${rest}\n\ntrame words settle trades "<mots>" <code> · --none · --dry-run`,
    );
  }, options.json);
}

interface SettleOptions {
  readonly none?: boolean;
  readonly dryRun?: boolean;
  readonly by: string;
  readonly note?: string;
}

async function settle(what: Decidable, words: string, codes: readonly string[], options: SettleOptions): Promise<void> {
  if ((codes.length === 0) !== (options.none === true) && options.dryRun !== true)
    throw new Complaint('Donnez ce que les mots désignent, ou --none / say what the words name, or --none.');
  const means = codes.map((code) => meant(what, code));
  await withHub(async ({ database, signal }) => {
    if (options.dryRun) {
      const kinds = Object.entries(await previewWords(database, { what, words }, signal));
      const told = kinds.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'aucune notice / no record';
      return console.log(`« ${words} » : ${told}. Rien n’est changé / nothing is changed.`);
    }
    const { by, note } = options;
    tellSettled(
      await settleWords({ database, base: createResolver() }, { what, words, means }, { by, note }, { signal }),
    );
  });
}

async function undo(decision: string, { by }: { readonly by: string }): Promise<void> {
  await withHub(async ({ database, signal }) => {
    const denial = await denialOf(database, decision);
    if (!denial) return tellSettled(await undoWords({ database, base: createResolver() }, decision, by, { signal }));
    await hearing(database, (resolver) => undoDenial(database, resolver, denial, by));
    console.log(`Défait / undone: ${denial.id}`);
  });
}

function tellSettled(done: Settled | { readonly refused: Finding }): void {
  if ('refused' in done) throw new Complaint(tellFinding(done.refused));
  const count = (number: number) => number.toLocaleString('fr-FR');
  console.log(
    `${count(done.concerned)} choses disent ces mots, ${count(done.changed)} ont changé / things say these words, so many changed.\nDéfaire / undo: trame words undo ${done.decision.slice(0, SHORT)}`,
  );
}

/** An entry of the vocabulary by its code; a complaint with the nearest where there is none. */
function meant(what: Decidable, code: string): DecidedWords['means'][number] {
  const entries = what === 'trades' ? tradeEntries() : placeEntries();
  const found = entries.filter(({ value }) => value === code);
  if (found.length === 1) return { identifier: { scheme: found[0]!.scheme, value: code }, label: found[0]!.label };
  const said = fold(code);
  const near = entries
    .filter(({ label, value }) => {
      const known = fold(label);
      const isNear = [known, ...known.split(' ')].some((word) => isOneLetterOff(word, said));
      return known.includes(said) || said.includes(known) || value === code || isNear;
    })
    .slice(0, 8)
    .map(({ label, value }) => `${value} (${label})`);
  throw new Complaint(tellFinding(finding('words-code-unknown', { code, nearest: near.join(', ') || '–' })));
}

interface Entry {
  readonly scheme: string;
  readonly value: string;
  readonly label: string;
}

function tradeEntries(): readonly Entry[] {
  return tableRows(tableText('trades')).map((row) => ({
    scheme: 'trame',
    value: row['id'] ?? '',
    label: row['label'] ?? '',
  }));
}

function placeEntries(): readonly Entry[] {
  return [...packagedPlaces().byId.values()].map(({ identifier, label }) => ({ ...identifier, label }));
}

async function decisions(options: { json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const kept = await database.read((tx) => standingDecisions(tx, ['word', 'not-trade']));
    if (options.json) return console.log(JSON.stringify(kept, null, 2));
    if (kept.length === 0) return console.log('Aucun mot n’a été réglé / no word was settled.');
    const rows = kept.map((decision) => {
      const { what, words, means } = decidedIn(decision);
      const about =
        decision.kind === 'not-trade'
          ? ['jamais / never', decision.subject.slice(0, decision.subject.lastIndexOf('\n')), deniedIn(decision)]
          : [what, words, means.map(({ label }) => label).join(' ; ') || '–'];
      return [decision.id.slice(0, SHORT), ...about, decision.by, decision.at.slice(0, 10), decision.note ?? ''];
    });
    console.log(
      table(
        ['décision', 'quoi', 'mots, ou notice / words, or record', 'désignent / mean', 'par / by', 'le / on', 'note'],
        rows,
      ),
    );
  }, options.json);
}
