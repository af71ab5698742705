import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { Neo4jUnavailable } from '#deploy/neo4j/connection.ts';
import { words } from '#graph-schema/findings/finding.ts';
import { LOOK_EVERY_MINUTES } from '#graph-schema/identity/propose-changed.ts';
import { createResolver, type Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { hearing } from '#graph-schema/words/apply.ts';
import { watchSources } from '#harvesters/alerts.ts';
import { isDatabaseGone } from '#harvesters/database-gone.ts';
import { hideExpired } from '#harvesters/expire.ts';
import { expire } from '#harvesters/inbox.ts';
import { audit, nextToAudit } from '#harvesters/quality/audit.ts';
import type { RunReport } from '#harvesters/report.ts';
import { watchedFolder } from '#harvesters/schedule/folder.ts';
import { type News, work } from '#harvesters/schedule.ts';
import { type Source, sourcesFolder } from '#harvesters/sources.ts';
import { tellFinding } from '../complaint.ts';
import { DEFAULT_JOBS, HOLDER, harvestOne, readJobs } from '../harvesting.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { lookForIdentities } from '../identities.ts';
import { linkKeeper } from '../links.ts';
import { pictureKeeper } from '../pictures.ts';

export function workCommand(): Command {
  return new Command('work')
    .description('moissonne chaque source à son heure, jusqu’à Ctrl-C / harvest every source at its hour, until Ctrl-C')
    .option('--jobs <number>', 'sources moissonnées à la fois / sources harvested at once', readJobs, DEFAULT_JOBS)
    .addHelpText(
      'after',
      `
Plusieurs « trame work », sur une ou plusieurs machines, se partagent les sources d’un même Neo4j (NEO4J_URI, ou « trame db start »).
Several “trame work”, on one machine or more, share the sources of one Neo4j (NEO4J_URI, or “trame db start”).`,
    )
    .action((options: { jobs: number }) => keepWorking(options.jobs));
}

const TRY_AGAIN_AFTER_MS = 15_000;

/** Until Ctrl-C. Where Neo4j was lost it is opened anew: one of this home comes back at another port, or is started again. */
async function keepWorking(jobs: number): Promise<void> {
  for (let hasWorked = false; ; ) {
    try {
      const end = await withHub((hub) => {
        hasWorked = true;
        return workUntilEnded(hub, jobs);
      });
      if (end === 'stopped') return;
    } catch (fault) {
      const isAway = fault instanceof Neo4jUnavailable || isDatabaseGone(fault);
      if (!hasWorked || !isAway) throw fault;
    }
    tell(`${now()} Neo4j sera cherché de nouveau / Neo4j will be looked for again.`);
    if (await endedWithin(TRY_AGAIN_AFTER_MS)) return;
  }
}

/** Waits; true where Ctrl-C came meanwhile. */
async function endedWithin(ms: number): Promise<boolean> {
  const ended = new AbortController();
  const end = () => ended.abort();
  const names: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.once(name, end);
  await wait(ms, undefined, { signal: ended.signal }).catch(() => undefined);
  for (const name of names) process.off(name, end);
  return ended.signal.aborted;
}

async function workUntilEnded(hub: Hub, jobs: number): Promise<'stopped' | 'graph-lost'> {
  const folder = sourcesFolder();
  const resolver = createResolver();
  const { database } = hub;
  const keepPictures = pictureKeeper(hub);
  const keepLinks = linkKeeper(hub);
  const parts = {
    database,
    read: watchedFolder(folder),
    harvest: (source: Source, signal: AbortSignal) => harvestOne(source, database, signal, { resolver }),
    watch: async (sources: readonly Source[]) => {
      const look = async (now: Resolver) => {
        await expire({ database, resolver: now }, new Date());
        await hideExpired(database, now, new Date(), HOLDER);
        await watchSources(database, sources, new Date(), process.env, (found) => tell(tellFinding(found)));
        await lookForIdentities(hub, now, LOOK_EVERY_MINUTES);
      };
      await hearing(database, look, resolver);
      await keepFigures(hub);
      await keepPictures(sources);
      await keepLinks(sources);
    },
    holder: HOLDER,
    now: () => new Date(),
    tell: tellNews,
  };
  tell(
    `Les sources de ${folder} seront moissonnées à leur heure, ${jobs} à la fois ; Ctrl-C pour arrêter.\nThe sources of that folder will be harvested at their hour, ${jobs} at once; Ctrl-C to stop.`,
  );
  return work(parts, { jobs }, hub.signal);
}

/** Figures of the day, one source at each look: cheap, and every source has its turn. */
async function keepFigures({ database, signal }: Hub): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const source = signal.aborted ? undefined : await nextToAudit(database, day);
  if (source === undefined) return;
  try {
    await audit(database, source, { day, signal });
  } catch (fault) {
    // Stopped by a person: nothing was kept, and the source has its turn again.
    if (!signal.aborted) throw fault;
  }
}

const OUTCOMES = {
  complete: 'complète / complete',
  partial: 'partielle / partial',
  failed: 'échouée / failed',
} as const;

const WHY = {
  requested: 'demandée par un responsable / asked for by a steward',
  resumed: 'suite d’une moisson interrompue / going on with a run that was cut short',
  scheduled: 'à son heure / on schedule',
  ended: 'accord échu, à retirer / agreement ended, to be withdrawn',
} as const;

function now(): string {
  return new Date().toLocaleTimeString('fr-FR');
}

function tellNews(news: News): void {
  tell(`${now()} ${inWords(news)}`);
}

function inWords(news: News): string {
  switch (news.kind) {
    case 'source-broken':
      return `${tellFinding(news.finding)}\n  (les autres sources continuent ; ce fichier est relu dès qu’il change / the others go on; this file is read again once it changes)`;
    case 'folder-unreadable':
      return `Le dossier des sources ne peut pas être lu (${news.detail}) : ce qui a été lu avant reste suivi.\n  → Vérifiez TRAME_SOURCES et les droits / the folder cannot be read: check TRAME_SOURCES and its permissions.`;
    case 'begun':
      return `${news.source.name} : moisson / harvest (${WHY[news.due.why]})`;
    case 'elsewhere':
      return `${news.source.name} : déjà en cours ailleurs, laissée / already under way elsewhere, left alone`;
    case 'ended':
      return endInWords(news.report);
    case 'graph-lost':
      return `Neo4j ne répond plus (${news.detail.split('. ')[0]}) : ce processus attend qu’il revienne, rien n’est perdu.\n  → Vérifiez Neo4j (trame db status) / Neo4j does not answer: this process waits for it; nothing is lost.`;
    case 'graph-back':
      return `Neo4j répond de nouveau, les moissons reprennent / Neo4j answers again, harvests go on.`;
  }
}

const MOST_NOTES = 3;

/** One line for what came, then why it is not complete, or the worst of what was found. */
function endInWords({ source, outcome, figures, seconds, reason, resumesAt, findings }: RunReport): string {
  const { seen, created, updated, deleted, rejected } = figures;
  const came = `${seen} vues, ${created} créées, ${updated} modifiées, ${deleted} supprimées, ${rejected} rejetées`;
  const lines = [`${source} : ${OUTCOMES[outcome ?? 'failed']}, ${came}, en ${Math.round(seconds)} s`];
  if (reason) lines.push(`  ${tellFinding(reason)}`);
  if (resumesAt) lines.push(`  → reprise au plus tôt à / goes on not before ${resumesAt.toLocaleString('fr-FR')}`);
  const notes = [...findings.values()].filter(
    ({ finding }) => finding !== reason && words(finding).severity !== 'info',
  );
  for (const { finding, count } of notes.slice(0, MOST_NOTES)) lines.push(`  ${count} × ${tellFinding(finding)}`);
  if (notes.length > MOST_NOTES) lines.push(`  … et ${notes.length - MOST_NOTES} autres constats / and other findings`);
  return lines.join('\n');
}
