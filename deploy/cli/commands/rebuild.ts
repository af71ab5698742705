import { Command, InvalidArgumentError } from 'commander';
import { digest } from '#graph-schema/fold/digest.ts';
import { type Rebuilt, rebuild } from '#graph-schema/fold/rebuild.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { resolverFor } from '#graph-schema/words/decided.ts';
import { CHANGES_PER_MINUTE, createPace, secondsAtPace } from '#harvesters/pace.ts';
import { progress } from '../bar.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { digestLine } from './digest.ts';

interface Options {
  readonly dryRun?: boolean;
  /** Changes a minute, at most. */
  readonly pace: number;
  readonly json?: boolean;
}

export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description(
      'refait chaque entité d’après les notices conservées, sur place, pendant que l’on répond : 0 fini, 3 interrompu / fold every entity again, in place, while readers are served',
    )
    .option('--dry-run', 'dit seulement ce qui changerait / only tell what would change')
    .option('--pace <n>', 'changements par minute, au plus / changes a minute, at most', readPace, CHANGES_PER_MINUTE)
    .option('--json', 'pour un programme / for a program')
    .action(run);
}

export function readPace(text: string): number {
  const pace = Number(text);
  if (!Number.isInteger(pace) || pace < 1)
    throw new InvalidArgumentError('un nombre entier, 1 au moins / a whole number, at least 1');
  return pace;
}

async function run(options: Options): Promise<void> {
  await withHub(async (hub) => {
    const wouldChange = (await rebuildWithBar(hub, { ...options, dryRun: true })).changed;
    if (!options.json) tell(ahead(wouldChange, options.pace));
    if (options.dryRun) {
      if (options.json)
        console.log(JSON.stringify({ wouldChange, secondsAtPace: secondsAtPace(wouldChange, options.pace) }, null, 2));
      return;
    }
    const done = await rebuildWithBar(hub, options);
    const found = await digest(hub.database);
    if (options.json) console.log(JSON.stringify({ wouldChange, ...done, ...found, kinds: undefined }, null, 2));
    else console.log(`${told(done)}\n${digestLine(found)}`);
    if (done.stopped) process.exitCode = 3;
  }, options.json);
}

/** Beforehand: what partners will be sent, and how long that takes at this pace. */
export function ahead(changes: number, pace: number): string {
  if (changes === 0)
    return 'Rien ne changerait : aucun changement ne sera envoyé / nothing would change: no change will be sent.';
  const minutes = Math.ceil(secondsAtPace(changes, pace) / 60);
  const time =
    minutes === 0
      ? ''
      : `, en ${minutes} min au moins à ${pace} par minute / in ${minutes} min at least at ${pace} a minute`;
  return `${changes.toLocaleString('fr-FR')} entités changeraient : autant de changements envoyés aux partenaires / so many changes sent to partners${time}.`;
}

/** Rebuilds with a bar for a person; at full speed where no pace is given. */
export async function rebuildWithBar(
  { database, signal }: Pick<Hub, 'database' | 'signal'>,
  options: Partial<Options>,
): Promise<Rebuilt> {
  const bar = progress('entités', options.json);
  const fold = (resolver: Resolver) =>
    rebuild(database, resolver, {
      signal,
      dryRun: options.dryRun ?? false,
      ...(options.pace === undefined ? {} : { pace: createPace(options.pace, signal) }),
      onProgress: ({ stage, looked, of, changed }) =>
        bar.show(
          looked,
          of,
          `${stage === 'fold' ? (options.dryRun ? 'examen' : 'refonte') : 'balayage'}, ${changed} changements`,
        ),
    });
  const done = await (options.dryRun ? fold(await resolverFor(database)) : hearing(database, fold));
  bar.end();
  return done;
}

function told({ looked, changed, removed, attached, stopped }: Rebuilt): string {
  const count = (number: number) => number.toLocaleString('fr-FR');
  const lines = [
    `${count(looked)} entités revues, ${count(changed)} changées, ${count(removed)} sans objet retirées / looked at, changed, removed.`,
    ...(attached > 0
      ? [`${count(attached)} notices rattachées à leur entité / records led back to their entity.`]
      : []),
    ...(stopped
      ? [
          'Interrompu : relancez « trame rebuild », ce qui est fait reste fait / stopped: run it again, what is done stays done.',
        ]
      : []),
  ];
  return lines.join('\n');
}
