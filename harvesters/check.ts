/**
 * The steward's test of a source, on one page: the file, the address, what the partner says of itself, and what the first page's records become.
 * Stores nothing.
 */
import { type Finding, finding, type Severity, words } from '#graph-schema/findings/finding.ts';
import type { KindName } from '#graph-schema/model.ts';
import { createResolver, type Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { isOutside, tellAgreement } from './agreement.ts';
import { readForCheck } from './check/file.ts';
import type { Answered } from './preview/gated-http.ts';
import { lookAt, type Page } from './preview/one-page.ts';
import { type MappedPreview, type Preview, previewOf } from './preview.ts';
import type { Source } from './sources.ts';

/** Records looked at. */
const MOST_RECORDS = 100;
const MOST_UNKNOWN_WORDS = 10;

/** One cause and how often. */
export interface Cause {
  readonly finding: Finding;
  readonly count: number;
}

/** What the first page's records become. */
export interface PageFigures {
  readonly read: number;
  readonly mapped: number;
  readonly rejected: number;
  /** Tombstones. */
  readonly deleted: number;
  readonly visible: number;
  /** Whether the page is all that there is. */
  readonly whole: boolean;
  readonly kinds: Readonly<Partial<Record<KindName, number>>>;
  /** In how many of the mapped records each field and relation is filled in; the fullest first. */
  readonly filled: readonly { readonly name: string; readonly label: string; readonly records: number }[];
  /** Words that name no trade or place of the vocabularies, the most frequent first, ten at most; and how many there are. */
  readonly unknownWords: readonly { readonly relation: string; readonly text: string; readonly count: number }[];
  readonly unknownCount: number;
}

export interface CheckReport {
  readonly source: string;
  readonly title: string | undefined;
  readonly file: string;
  readonly trial: boolean;
  /** Nothing stands in the way of a harvest. */
  readonly ready: boolean;
  /** Of the file, the address and the partner: the worst first. */
  readonly findings: readonly Finding[];
  readonly answered: readonly Answered[];
  /** Absent where no source could be made of the file. */
  readonly page: PageFigures | undefined;
  /** Why records would be put aside, and what of them would be left out, grouped by cause. */
  readonly causes: readonly Cause[];
}

export interface CheckOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** By what words are read, asked for once there are some. Default: the packaged tables alone, without what stewards decided. */
  readonly resolver?: () => Promise<Resolver>;
}

/** Checks a source by its name in the folder, or by the path of its file. Never throws for what a file or a partner says. */
export async function checkSource(
  nameOrFile: string,
  folder: string,
  { environment = process.env, signal, resolver = async () => createResolver() }: CheckOptions,
): Promise<CheckReport> {
  const { file, findings, source } = await readForCheck(nameOrFile, folder, environment);
  if (source === undefined) {
    const nothing = { title: undefined, trial: false, ready: false, answered: [], page: undefined, causes: [] };
    return { source: nameOrFile, file, findings: worstFirst(findings), ...nothing };
  }
  const { name, about } = source;
  const now = new Date();
  const told = tellAgreement(name, about.agreement, now);
  const looked = isOutside(about.agreement, now) ? NOT_LOOKED : await look(source, signal, resolver);
  const all = worstFirst([...findings, ...(told ? [told] : []), ...looked.findings]);
  return {
    source: name,
    title: about.title,
    file,
    trial: about.trial,
    ready: !all.some((found) => severityOf(found) === 'error'),
    findings: all,
    answered: looked.answered,
    page: looked.page,
    causes: looked.causes,
  };
}

type Looked = Pick<CheckReport, 'answered' | 'page' | 'causes'> & { readonly findings: readonly Finding[] };

/** Outside its agreement a partner is not even asked. */
const NOT_LOOKED: Looked = { findings: [], answered: [], page: undefined, causes: [] };

async function look(source: Source, signal: AbortSignal, resolverOf: () => Promise<Resolver>): Promise<Looked> {
  const looking = lookAt(source, signal);
  try {
    const found = await looking.check();
    const page = await looking.page(MOST_RECORDS);
    const resolver = await resolverOf();
    const previews = page.messages.map((message) => previewOf(message, source, resolver));
    const causes = causesOf(previews);
    // The connector's check tells of unreadable records too: those are counted with the page.
    const counted = new Set(
      previews.flatMap((one) => ('reason' in one && one.reason ? [JSON.stringify(one.reason)] : [])),
    );
    const findings = distinct([...found, ...page.findings]).filter((one) => !counted.has(JSON.stringify(one)));
    const figures = figuresOf(previews, page);
    return {
      findings: [...findings, ...judged(source, figures, findings)],
      answered: looking.answered,
      page: figures,
      causes,
    };
  } finally {
    await looking.close();
  }
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()];
}

/** What a harvest would say of such a page. */
function judged({ name, visibility }: Source, page: PageFigures, told: readonly Finding[]): Finding[] {
  const { read, mapped, rejected, visible } = page;
  if (read === 0)
    return told.some((found) => severityOf(found) === 'error') ? [] : [finding('run-empty', { source: name })];
  if (rejected === read) return [finding('run-all-rejected', { source: name, rejected })];
  if (mapped > 0 && visible === 0)
    return [finding('nothing-visible', { source: name, count: mapped, rule: JSON.stringify(visibility) })];
  return [];
}

function figuresOf(previews: readonly Preview[], { whole }: Page): PageFigures {
  const mapped = previews.filter((one): one is MappedPreview => one.outcome === 'mapped');
  const kinds: Partial<Record<KindName, number>> = {};
  const filled = new Map<string, { name: string; label: string; records: number }>();
  const unknown = new Map<string, { relation: string; text: string; count: number }>();
  for (const { kind, fields, links } of mapped) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    const named = [...fields, ...links.map(({ relation, label }) => ({ name: relation, label }))];
    for (const { name, label } of new Map(named.map((one) => [one.name, one])).values()) {
      filled.set(name, { name, label, records: (filled.get(name)?.records ?? 0) + 1 });
    }
    for (const { relation, said, leadsTo } of links) {
      if (leadsTo !== undefined) continue;
      const key = `${relation} ${said}`;
      unknown.set(key, { relation, text: said, count: (unknown.get(key)?.count ?? 0) + 1 });
    }
  }
  const count = (outcome: Preview['outcome']) => previews.filter((one) => one.outcome === outcome).length;
  return {
    read: previews.length,
    mapped: mapped.length,
    rejected: count('rejected'),
    deleted: count('deleted'),
    visible: mapped.filter(({ visibility }) => visibility === 'public').length,
    whole,
    kinds,
    filled: [...filled.values()].sort((a, b) => b.records - a.records),
    unknownWords: [...unknown.values()].sort((a, b) => b.count - a.count).slice(0, MOST_UNKNOWN_WORDS),
    unknownCount: unknown.size,
  };
}

function causesOf(previews: readonly Preview[]): Cause[] {
  const causes = new Map<string, { finding: Finding; count: number }>();
  for (const one of previews) {
    const told = one.outcome === 'mapped' ? one.notes : one.reason ? [one.reason] : [];
    for (const found of told) {
      const cause = causes.get(found.code);
      if (cause) cause.count += 1;
      else causes.set(found.code, { finding: found, count: 1 });
    }
  }
  return [...causes.values()].sort((a, b) => order(a.finding) - order(b.finding) || b.count - a.count);
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

function severityOf(found: Finding): Severity {
  return words(found).severity;
}

function order(found: Finding): number {
  return SEVERITIES.indexOf(severityOf(found));
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => order(a) - order(b));
}
