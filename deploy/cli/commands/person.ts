import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import {
  ForgetRefused,
  type Forgotten,
  forgetRecords,
  forgottenBefore,
  looked,
} from '#deploy/personal/forget-person.ts';
import { RewriteFailed } from '#deploy/personal/rewrite.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { resolverFor } from '#graph-schema/words/decided.ts';
import type { ForgetPlan } from '#harvesters/forget.ts';
import { Complaint } from '../complaint.ts';
import { HOLDER } from '../harvesting.ts';
import { type Hub, home, tell, withHub } from '../hub.ts';
import { ownVersion } from './backup.ts';

interface Options {
  readonly name: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly deep: boolean;
}

/** `trame person`: what a person may ask of us (docs/personal-data.md). */
export function personCommand(): Command {
  const command = new Command('person').description(
    'les droits d’une personne : être oubliée / a person’s rights: to be forgotten',
  );
  command
    .command('forget')
    .description(
      'oublie des notices pour toujours : 0 fait, 1 rien de fait, 2 un fichier contient encore le nom / forget records for good: 2 when a file still holds the name',
    )
    .argument('<record...>', 'SOURCE/ID, ou un uid / or a uid')
    .option(
      '--name <name>',
      'un autre nom de la personne ; répétable / another name of the person; repeatable',
      more,
      [],
    )
    .option('--dry-run', 'dit seulement ce qui serait vidé / only tell what would be emptied')
    .option('--yes', 'sans demander / without asking')
    .option('--no-deep', 'sans refaire les fichiers de Neo4j / without writing Neo4j’s files anew')
    .action(run);
  return command;
}

export const more = (name: string, before: readonly string[]): readonly string[] => [...before, name];

async function run(targets: readonly string[], options: Options): Promise<void> {
  await withHub(async (hub) => {
    const plans = await looked(hub.database, targets, options.name);
    const before = await forgottenBefore(hub.database, targets);
    if (plans.length + before.length === 0)
      throw new Complaint(
        `Aucune notice à oublier sous / no record to forget under : ${targets.join(', ')}. « trame records SOURCE » les donne / lists them.`,
      );
    console.log([...plans.map(told), ...before.map(toldBefore)].join('\n'));
    if (options.dryRun) return console.log('Rien n’a été changé / nothing was changed.');
    const deep = isDeep(hub, options.deep);
    if (!options.yes && !(await confirmed())) throw new Complaint('Rien n’a été changé / nothing was changed.');
    const done = await forgotten(hub, plans, options, deep);
    console.log(summary(done));
    if (done.left.length > 0) process.exitCode = 2;
  });
}

/** A Neo4j that somebody else runs cannot be taken away under them; one that is not ours we say how to clean. */
function isDeep({ neo4j }: Hub, wanted: boolean): boolean {
  if (!wanted || neo4j.how === 'embedded') return wanted;
  if (neo4j.how === 'running')
    throw new Complaint(
      'Neo4j est utilisé par une autre commande : arrêtez-la (ou « trame db stop »), puis recommencez ; ou --no-deep, et ses fichiers gardent l’effacé. / Neo4j is in use by another command: stop it, then try again; or --no-deep, and its files keep what was deleted.',
    );
  tell(
    'Ce Neo4j n’est pas le nôtre : ses fichiers et journaux peuvent garder l’effacé. Son administrateur doit refaire la base (neo4j-admin database dump, puis load dans une base neuve) et ses propres sauvegardes. / This Neo4j is not ours: its administrator must dump and load the database into a new one, and renew its own backups.',
  );
  return false;
}

async function forgotten(hub: Hub, plans: readonly ForgetPlan[], options: Options, deep: boolean): Promise<Forgotten> {
  try {
    const version = await ownVersion();
    const carryOut = (resolver: Resolver) =>
      forgetRecords(
        plans.map(({ record }) => record),
        options.name,
        { ...hub, home: home(), resolver, holder: HOLDER, version, deep, tell },
      );
    // A store that is written anew is closed after it, and was nobody else's.
    return deep ? await carryOut(await resolverFor(hub.database)) : await hearing(hub.database, carryOut);
  } catch (fault) {
    if (fault instanceof ForgetRefused || fault instanceof RewriteFailed) throw new Complaint(fault.message);
    throw fault;
  }
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Complaint('Sans clavier, ajoutez --yes / without a keyboard, add --yes.');
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question('Cela ne se défait pas. Oublier ? / This cannot be undone. Forget? [oui/non] ');
  asked.close();
  return /^(o|oui|y|yes)$/i.test(answer.trim());
}

/** What is kept of a record, in words. */
const HELD: Readonly<Record<string, string>> = {
  raw: 'ses octets / its bytes',
  record: 'la notice lue / the record as read',
  notes: 'des remarques / notes',
  rejection: 'la raison de sa quarantaine / why it is in quarantine',
  rejectedRaw: 'ses octets en quarantaine / its bytes in quarantine',
  heldRaw: 'une mise à jour en attente / a waiting update',
  heldRecord: 'celle-ci, lue / that one, as read',
  heldNotes: 'ses remarques / its notes',
  history: 'son histoire / its history',
};

/** What would be emptied: of the person's own words nothing is shown. */
function told({ record, quoting, others }: ForgetPlan): string {
  const lines = [
    `${record.source}/${record.id} : ${record.holds.map((held) => HELD[held] ?? held).join(', ') || 'rien de conservé / nothing kept'}`,
    ...quoting.map(({ label, key, properties }) => `  ${label} ${key.slice(0, 12)} : ${properties.join(', ')}`),
    ...(others.length > 0
      ? [`  D’autres notices portent ce nom et restent / other records hold the name and stay : ${others.join(', ')}`]
      : ['  Aucune autre notice ne porte ce nom / no other record holds the name.']),
  ];
  return lines.join('\n');
}

function toldBefore(target: string): string {
  return `${target} : déjà oubliée ; les fichiers et sauvegardes sont refaits et fouillés une fois de plus, au nom que donne --name / forgotten before; files and backups are made anew and searched once more, for what --name gives`;
}

function summary({ records, rewritten, backups, left }: Forgotten): string {
  return [
    `${records} notice(s) oubliée(s) : les moissons à venir ne les reprendront pas / forgotten, and no harvest brings them back.`,
    ...(rewritten ? ['Les fichiers de Neo4j ont été refaits à neuf / Neo4j’s files were written anew.'] : []),
    ...backups.map((file) => `Sauvegarde refaite / backup made anew : ${file}`),
    ...left.map((file) => `Le nom est encore dans / the name is still in : ${file}`),
    'Vos sauvegardes ailleurs gardent la notice ; « trame restore » ne la remettra pas, tant que suppression.key et suppression.list sont là. / Backups elsewhere still hold it; “trame restore” leaves it out as long as both files are there.',
  ].join('\n');
}
