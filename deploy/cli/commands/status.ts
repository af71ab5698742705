import { Command } from 'commander';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import { PROMISES } from '#graph-schema/freshness.ts';
import { dayAndHour, STATE_WORDS } from '#harvesters/causes.ts';
import { type FreshnessRow, freshnessOf } from '#harvesters/freshness.ts';
import { readSources, sourcesFolder } from '#harvesters/sources.ts';
import { tellFinding } from '../complaint.ts';
import { withHub } from '../hub.ts';
import { table } from '../table.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description(
      'comment va chaque source, la pire d’abord : 0 toutes fraîches, 3 à voir / how every source stands, the worst first: exit 0 all fresh, 3 something to look at',
    )
    .option('--json', 'pour un programme / for a program')
    .action(status);
}

async function status(options: { json?: boolean }): Promise<void> {
  const { sources, findings } = await readSources(sourcesFolder());
  const rows = await withHub(({ database }) => freshnessOf(database, sources, new Date()), options.json);
  console.log(options.json ? JSON.stringify(rows.map(forPrograms), null, 2) : statusText(rows));
  for (const found of findings) console.error(tellFinding(found));
  process.exitCode = findings.length > 0 || rows.some(isToBeSeen) ? 3 : 0;
}

/** One line a source; then what is the matter with those that are to be seen, and what to do. */
export function statusText(rows: readonly FreshnessRow[]): string {
  if (rows.length === 0) return 'Aucune source / no source.';
  const head = ['source', 'promesse', 'dernière complète', 'notices', 'état', 'depuis', 'prochaine'];
  const lines = rows.map((row) => [
    row.source,
    PROMISES[row.promise].fr,
    row.lastComplete ? dayAndHour(row.lastComplete) : 'aucune',
    row.records?.toLocaleString('fr-FR') ?? '',
    STATE_WORDS[row.state],
    row.since ? dayAndHour(row.since) : '',
    row.next ? dayAndHour(row.next) : '',
  ]);
  const why = [...rows.flatMap(whyOf), ...neverHarvested(rows)];
  const summary = rows.some(isToBeSeen) ? [] : ['Rien à voir : chaque source tient sa promesse / nothing to look at.'];
  return [table(head, lines), ...(why.length > 0 ? ['', ...why] : []), ...summary].join('\n');
}

function neverHarvested(rows: readonly FreshnessRow[]): readonly string[] {
  const names = rows.filter(({ state, since }) => state === 'never' && since === undefined).map(({ source }) => source);
  if (names.length === 0) return [];
  return [`Jamais moissonnées / never harvested : ${names.join(', ')}\n  → trame harvest NOM`];
}

/** The causes, and why the latest run was not complete: in full, as the steward's own terminal is no third party. */
function whyOf({ source, causes, reason, state }: FreshnessRow): readonly string[] {
  const latest =
    reason && state !== 'gone' ? [`${source}, dernière moisson / latest harvest : ${tellFinding(reason)}`] : [];
  return [...causes.map(({ finding }) => tellFinding(finding)), ...latest];
}

/** A source that is on trial, or harvested by hand from a file elsewhere, is as its steward wants it. */
export function isToBeSeen({ state, causes }: FreshnessRow): boolean {
  return (
    !['fresh', 'trial', 'gone'].includes(state) || causes.some(({ finding }) => words(finding).severity !== 'info')
  );
}

function forPrograms({ causes, reason, ...row }: FreshnessRow) {
  return {
    ...row,
    since: row.since ?? null,
    lastComplete: row.lastComplete ?? null,
    ageSeconds: row.ageSeconds ?? null,
    records: row.records ?? null,
    next: row.next ?? null,
    reason: reason ? told(reason) : null,
    causes: causes.map(({ finding }) => told(finding)),
  };
}

function told(found: Finding) {
  return { code: found.code, ...words(found), particulars: found.particulars };
}
