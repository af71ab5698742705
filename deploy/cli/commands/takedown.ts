import { userInfo } from 'node:os';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { hearing } from '#graph-schema/words/apply.ts';
import {
  carryOut,
  closeTakedown,
  openTakedown,
  readTakedowns,
  type Takedown,
  type TakedownKind,
  targetRecords,
} from '#harvesters/takedown.ts';
import { Complaint } from '../complaint.ts';
import { HOLDER } from '../harvesting.ts';
import { type Hub, withHub } from '../hub.ts';
import { sweep } from '../pictures.ts';
import { table } from '../table.ts';

/** Days for an answer where none is said: the month of article 12 of the GDPR. */
const DAYS = 30;
const DAY_MS = 86_400_000;

const STATES: Readonly<Record<Takedown['state'], string>> = {
  open: 'ouverte / open',
  upheld: 'retiré / upheld',
  rejected: 'rejetée / rejected',
};

/** `trame takedown`: requests to take something down (docs/personal-data.md). */
export function takedownCommand(): Command {
  const command = new Command('takedown').description(
    'les demandes de retrait d’une image, d’une notice, d’une personne / requests to take a picture, a record or a person down',
  );
  command
    .command('open')
    .description('cache tout de suite, puis on examine / hide at once, then examine')
    .addArgument(new Argument('<what>', 'quoi / what').choices(['picture', 'record', 'person']))
    .argument('<target>', 'l’adresse de l’image, ou SOURCE/ID / the picture’s address, or SOURCE/ID')
    .requiredOption('--reason <text>', 'pourquoi / why')
    .requiredOption('--owner <who>', 'qui suit la demande / who looks after it')
    .option(
      '--deadline <day>',
      `dernier jour pour répondre, AAAA-MM-JJ (dans ${DAYS} jours) / last day for an answer`,
      readDay,
    )
    .addOption(by())
    .action(open);
  command
    .command('list')
    .description('les demandes ouvertes, l’échéance la plus proche d’abord / the open requests, nearest deadline first')
    .option('--all', 'les fermées aussi / closed ones too')
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('apply')
    .description('cache de nouveau ce dont une source était occupée / hide again where a source was busy')
    .argument('<id>', 'début de son numéro / begin of its id')
    .action((id: string) => withHub((hub) => apply(hub, id)));
  command
    .command('close')
    .description(
      'répond : retiré pour de bon, ou rejetée (et montré de nouveau) / answer: for good, or rejected and shown again',
    )
    .argument('<id>', 'début de son numéro / begin of its id')
    .addOption(
      new Option('--outcome <outcome>', 'réponse / answer').choices(['upheld', 'rejected']).makeOptionMandatory(),
    )
    .addOption(by())
    .action(close);
  return command;
}

const by = () => new Option('--by <who>', 'qui décide / who decides').default(userInfo().username);

function readDay(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('un jour : AAAA-MM-JJ / a day: YYYY-MM-DD');
}

interface Opening {
  readonly reason: string;
  readonly owner: string;
  readonly deadline?: string;
  readonly by: string;
}

async function open(kind: TakedownKind, target: string, options: Opening): Promise<void> {
  await withHub(async (hub) => {
    const concerned = await targetRecords(hub.database, { kind, target });
    if (concerned.length === 0)
      throw new Complaint(
        `Rien n’est connu sous « ${target} » / nothing is known as that. « trame records SOURCE » donne les identifiants / lists the ids.`,
      );
    const deadline = options.deadline ?? new Date(Date.now() + DAYS * DAY_MS).toISOString().slice(0, 10);
    const { reason, owner } = options;
    const id = await hub.database.write((tx) =>
      openTakedown(tx, { kind, target, reason, owner, deadline, by: options.by }),
    );
    console.log(`Demande ${id.slice(0, 8)}, échéance / deadline ${deadline}, suivie par / owner ${owner}.`);
    await apply(hub, id);
  });
}

async function apply({ database }: Hub, idStart: string): Promise<void> {
  const request = await theOne(database, idStart);
  const { done, busy } = await hearing(database, (resolver) =>
    carryOut(database, request, `retrait / takedown, ${HOLDER}`, resolver),
  );
  await sweep({ database });
  console.log(`${done} notice(s) cachée(s) ou sans l’image / hidden, or without the picture.`);
  if (busy.length === 0) return;
  throw new Complaint(
    `En cours de moisson / being harvested : ${busy.join(', ')}. Relancez / run again : trame takedown apply ${request.id.slice(0, 8)}`,
  );
}

async function list(options: { readonly all?: boolean; readonly json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const requests = await readTakedowns(database, { all: options.all ?? false });
    if (options.json) return console.log(JSON.stringify(requests, null, 2));
    if (requests.length === 0) return console.log('Aucune demande / no request.');
    const today = new Date().toISOString().slice(0, 10);
    const rows = requests.map(({ id, kind, target, owner, deadline, state }) => [
      id.slice(0, 8),
      state === 'open' && deadline < today ? `${deadline} DÉPASSÉE / OVERDUE` : deadline,
      owner,
      STATES[state],
      kind,
      target,
    ]);
    console.log(
      table(['demande', 'échéance / deadline', 'suivie par / owner', 'état / state', 'quoi', 'cible / target'], rows),
    );
  }, true);
}

async function close(
  idStart: string,
  options: { readonly outcome: 'upheld' | 'rejected'; readonly by: string },
): Promise<void> {
  await withHub(async ({ database }) => {
    const { id, kind, target, state } = await theOne(database, idStart);
    if (state !== 'open')
      throw new Complaint(`La demande ${id.slice(0, 8)} est déjà fermée / is closed already: ${STATES[state]}.`);
    const concerned = await targetRecords(database, { kind, target });
    await database.write((tx) => closeTakedown(tx, id, options.outcome, options.by));
    const sources = [
      ...new Set([
        ...concerned.map(({ source }) => source),
        ...(kind === 'picture' ? [] : [target.slice(0, target.indexOf('/'))]),
      ]),
    ];
    if (options.outcome === 'rejected')
      return console.log(
        `Rejetée ; pour montrer de nouveau tout de suite / rejected; to show it again now : ${sources.map((source) => `trame replay ${source}`).join(' ; ') || 'trame replay SOURCE'}`,
      );
    console.log('Retiré pour de bon / taken down for good.');
    if (kind === 'person')
      console.log(`Pour effacer aussi ce qui est conservé / to erase what is kept too : trame person forget ${target}`);
  });
}

async function theOne(database: Hub['database'], idStart: string): Promise<Takedown> {
  const found = await readTakedowns(database, { all: true, idStart });
  if (found.length === 1) return found[0]!;
  throw new Complaint(
    found.length === 0
      ? `Aucune demande ne commence par « ${idStart} » : voyez « trame takedown list --all » / no request begins so.`
      : `Plusieurs demandes commencent par « ${idStart} » : donnez-en davantage / several requests begin so: give more of it.`,
  );
}
