import { Command } from 'commander';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { resolverFor } from '#graph-schema/words/decided.ts';
import { CHANGES_PER_MINUTE, createPace, secondsAtPace } from '#harvesters/pace.ts';
import type { Effect } from '#harvesters/replay/effect.ts';
import { type Replayed, replay } from '#harvesters/replay.ts';
import { progress } from '../bar.ts';
import { tellFinding } from '../complaint.ts';
import { exitCodeOf, HOLDER } from '../harvesting.ts';
import { tell, withHub } from '../hub.ts';
import { table } from '../table.ts';
import { wanted } from './harvest.ts';
import { ahead, readPace } from './rebuild.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly pace: number;
  readonly json?: boolean;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'reprend les notices conservées d’une source avec ses règles actuelles, sans déranger le partenaire / map the stored records of a source again, without troubling the partner',
    )
    .argument('<source>', 'nom d’une source, ou chemin d’un fichier .yaml / name of a source, or path of a .yaml file')
    .option('--dry-run', 'n’écrit rien, et montre ce qui changerait / write nothing, and show what would change')
    .option('--pace <n>', 'changements par minute, au plus / changes a minute, at most', readPace, CHANGES_PER_MINUTE)
    .option('--json', 'pour un programme / for a program')
    .action(run);
}

async function run(name: string, options: Options): Promise<void> {
  const [source] = await wanted([name]);
  const done = await withHub(async ({ database, signal }) => {
    if (!options.json)
      tell(
        `Au plus ${options.pace.toLocaleString('fr-FR')} changements par minute / changes a minute, at most (--pace).`,
      );
    const bar = progress('notices', options.json);
    const again = (resolver: Resolver) =>
      replay(source!, database, {
        resolver,
        holder: HOLDER,
        signal,
        dryRun: options.dryRun ?? false,
        pace: createPace(options.pace, signal),
        onProgress: (records, of) => bar.show(records, of),
      });
    const replayed = await (options.dryRun ? again(await resolverFor(database)) : hearing(database, again));
    bar.end();
    return replayed;
  }, options.json);
  if (options.json) console.log(JSON.stringify(forProgram(done, options), null, 2));
  else console.log(told(done, options));
  process.exitCode = exitCodeOf([done.run], 1);
}

function forProgram(
  { run: { figures, outcome, reason, ...rest }, effect, ...counts }: Replayed,
  { pace, dryRun }: Options,
) {
  const groups = [...rest.findings.values()].map(({ finding, count }) => ({ ...finding, count }));
  return {
    source: rest.source,
    dryRun: dryRun ?? false,
    outcome,
    reason: reason ?? null,
    records: figures,
    ...counts,
    secondsAtPace: secondsAtPace(counts.changed, pace),
    ...(effect ? { effect: effect.toJSON() } : {}),
    findings: groups,
  };
}

const OUTCOMES = { complete: 'complet / complete', partial: 'partiel / partial', failed: 'échoué / failed' } as const;

function told(done: Replayed, options: Options): string {
  const { run, effect, recovered, newlyRejected } = done;
  const { seen, updated, unchanged, rejected } = run.figures;
  const reasons = [...run.findings.values()].map(({ finding, count }) => `  ${count} × ${tellFinding(finding)}`);
  return [
    `${run.source} : ${options.dryRun ? 'essai à blanc / dry run, ' : ''}${OUTCOMES[run.outcome ?? 'failed']}`,
    `Notices / records : ${seen} relues / gone through, ${updated} à jour autrement / mapped otherwise, ${unchanged} inchangées / unchanged, ${rejected} rejetées / rejected (${newlyRejected} nouvelles / newly), ${recovered} de nouveau lisibles / readable again.`,
    ...(effect ? effectLines(effect) : [`${done.changed} entités changées / entities changed.`]),
    ...(options.dryRun ? [ahead(done.changed, options.pace)] : []),
    ...(reasons.length > 0 ? ['Constats / findings :', ...reasons] : []),
  ].join('\n');
}

const MOST_VALUES_TOLD = 5;
const HOWS: Readonly<Record<string, string>> = {
  stated: 'dite / stated',
  label: 'lue / label',
  inferred: 'déduite / inferred',
};

function effectLines(effect: Effect): string[] {
  const { entities, visible, hows, relationSample, facets, sample } = effect;
  const signed = ({ gained, lost }: { gained: number; lost: number }) => [`+${gained}`, `−${lost}`];
  const relationRows = [...hows]
    .sort()
    .flatMap(([type, tallies]) =>
      [...tallies].sort().map(([how, tally]) => [type, HOWS[how] ?? how, ...signed(tally)]),
    );
  const facetRows = [...facets].sort().flatMap(([facet, values]) =>
    [...values]
      .sort(([, a], [, b]) => b.gained + b.lost - a.gained - a.lost)
      .slice(0, MOST_VALUES_TOLD)
      .map(([value, tally]) => [facet, value.slice(0, 40), ...signed(tally)]),
  );
  return [
    `Entités / entities : +${entities.gained}, −${entities.lost}, ${entities.changed} changées / changed ; visibles / visible : +${visible.gained}, −${visible.lost}.`,
    ...(relationRows.length > 0 ? [table(['relation', 'd’où / how', 'en plus', 'en moins'], relationRows)] : []),
    ...relationSample.map(
      ({ change, type, how, rule, from, to, hidden }) =>
        `  ${change === 'gained' ? '+' : '−'} ${type} (${HOWS[how] ?? how}${rule === null ? '' : `, ${rule}`}) « ${shown(from)} » → « ${shown(to)} »${hidden ? ' (cachée / hidden)' : ''}`,
    ),
    ...(facetRows.length > 0 ? [table(['facette', 'valeur', 'en plus', 'en moins'], facetRows)] : []),
    ...sample.flatMap(({ uid, kind, name, hidden, fields }) => [
      `${kind} ${uid} « ${name} »${hidden ? ' (cachée / hidden)' : ''}`,
      ...fields.map(({ field, before, after }) => `    ${field} : ${shown(before)} → ${shown(after)}`),
    ]),
    ...(effect.isRough
      ? ['Très grand changement : les comptes sont approchés / a very large change: counts are approximate.']
      : []),
  ];
}

function shown(value: unknown): string {
  const text = value === null ? '∅' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
