import { Command, InvalidArgumentError } from 'commander';
import { LINK_REASONS } from '#graph-schema/links/standing.ts';
import { checkLinks, type LinksChecked } from '#harvesters/links/check.ts';
import { type BadLink, badLinks, countLinks, type LinkCounts } from '#harvesters/links/store.ts';
import { type Surveyed, surveyLinks } from '#harvesters/links/survey.ts';
import { inTurn } from '#harvesters/links/turn.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { progress } from '../bar.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { HOLDER } from '../harvesting.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { table } from '../table.ts';

interface Options {
  readonly source?: string;
  readonly limit?: number;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `trame check-links`: are the pages and pictures that records point to still there? (docs/quality.md) */
export function checkLinksCommand(): Command {
  return new Command('check-links')
    .description(
      'vérifie poliment que pages et images répondent encore / checks politely that pages and pictures still answer',
    )
    .option('--source <name>', 'seulement les adresses de cette source / only the addresses of this source')
    .option('--limit <number>', 'au plus tant d’adresses demandées / ask for so many at most', readLimit)
    .option(
      '--list',
      'ne demande rien, donne les adresses mortes ou incertaines / ask nothing, list dead and unsure ones',
    )
    .option('--json', 'pour un programme / for a program')
    .addHelpText(
      'after',
      `
Une adresse à la fois, deux secondes entre deux demandes à un même serveur, trente jours entre deux demandes d’une même adresse. Ctrl-C arrête : la suite reprend où elle en était.
One address at a time, two seconds between two requests to a server, thirty days between two of one address. Ctrl-C ends it: the next goes on from there.`,
    )
    .action((options: Options) => withHub((hub) => run(hub, options), options.json));
}

function readLimit(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('un nombre d’adresses, 1 ou plus / a number of addresses, 1 or more');
}

async function run(hub: Hub, options: Options): Promise<void> {
  const sources = await sourcesOf(options.source);
  if (options.list) return list(hub, options);
  const turn = await inTurn(hub.database, HOLDER, () => check(hub, sources, options));
  if ('heldBy' in turn)
    throw new Complaint(
      `Les liens sont déjà vérifiés par ${turn.heldBy} : attendez qu’il ait fini, ou arrêtez-le / links are being checked by it already: wait, or stop it.`,
    );
  const counts = await countLinks(hub.database, new Date(), options.source);
  if (options.json) return console.log(JSON.stringify({ ...turn.done, counts }, null, 2));
  console.log(inWords(turn.done, counts));
}

async function sourcesOf(only: string | undefined): Promise<readonly Source[]> {
  const { sources, findings } = await readSources(sourcesFolder());
  for (const found of findings) tell(tellFinding(found));
  if (only === undefined || sources.some(({ name }) => name === only)) return sources;
  throw new Complaint(`Aucune source « ${only} » : « trame source list » les donne / no such source.`);
}

interface Checked {
  readonly surveyed: Surveyed;
  readonly checked: LinksChecked;
}

async function check({ database, signal }: Hub, sources: readonly Source[], options: Options): Promise<Checked> {
  const { source: only, limit, json } = options;
  const records = progress('notices lues / records read', json);
  const surveyed = await surveyLinks({
    ...{ database, signal, begunAt: new Date() },
    looked: (count) => records.show(count, count),
  }).finally(() => records.end());
  const { due } = await countLinks(database, new Date(), only);
  const bar = progress('adresses / addresses', json);
  const looked = (count: number) => bar.show(count, Math.min(due, limit ?? due));
  const checked = await checkLinks({ database, sources, signal, only, limit, looked }).finally(() => bar.end());
  return { surveyed, checked };
}

const figure = (count: number): string => count.toLocaleString('fr-FR');
const day = (iso: string): string => new Date(iso).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' });

function inWords({ surveyed, checked }: Checked, counts: LinkCounts): string {
  const { asked, left } = checked;
  const lines = [
    `${figure(asked)} adresse(s) demandée(s) : ${figure(checked.alive)} vivante(s), ${figure(checked.dead)} morte(s), ${figure(checked.unsure)} incertaine(s) / asked for: alive, dead, unsure`,
    `En tout ${figure(counts.all)} : ${figure(counts.alive)} vivantes, ${figure(counts.dead)} mortes, ${figure(counts.unsure)} incertaines, ${figure(counts.new)} jamais demandées / in all: alive, dead, unsure, never asked for`,
  ];
  if (left > 0)
    lines.push(
      `${figure(left)} remise(s) à plus tard : serveur qui demande d’attendre ou se tait, source inconnue ici ou hors de son accord / put off: server that asks to wait or is silent, source unknown here or outside its agreement`,
    );
  if (surveyed.forgotten > 0)
    lines.push(
      `${figure(surveyed.forgotten)} oubliée(s), plus rien n’y mène / forgotten: nothing leads to them any more`,
    );
  if (surveyed.after !== undefined) lines.push('Arrêté avant la fin : relancez / ended early: run it again.');
  else if (counts.due > 0)
    lines.push(
      `${figure(counts.due)} encore à demander : relancez, ou « trame work » / still due: run it again, or trame work`,
    );
  if (counts.next !== undefined) lines.push(`Prochaine demande le ${day(counts.next)} / the next is due then`);
  if (counts.dead + counts.unsure > 0) lines.push('Lesquelles : trame check-links --list / which ones');
  return lines.join('\n');
}

const MOST_LISTED = 1_000;

async function list({ database }: Hub, { source: only, json, limit = MOST_LISTED }: Options): Promise<void> {
  const bad = await badLinks(database, { only, most: limit });
  if (json) return console.log(JSON.stringify(bad, null, 2));
  if (bad.length === 0) return console.log('Aucune adresse morte ou incertaine / no address is dead or unsure.');
  const head = [
    'état / state',
    'adresse / address',
    'sources',
    'pourquoi / why',
    'vue vivante / last alive',
    'prochaine / next',
  ];
  console.log(table(head, bad.map(row)));
}

const STATES = { alive: 'vivante / alive', dead: 'morte / dead', unsure: 'incertaine / unsure' } as const;

function row({ state, address, sources, reason, status, failures, lastAlive, next }: BadLink): readonly string[] {
  const why = [
    LINK_REASONS[reason].join(' / '),
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(failures > 0 ? [`${failures} j`] : []),
  ];
  return [STATES[state], address, sources.join(', '), why.join(', '), lastAlive ? day(lastAlive) : '–', day(next)];
}
