/** The report of `trame source check`, on one screen: the worst first, the verdict last. */
import { relative } from 'node:path';
import { type Finding, type Severity, words } from '#graph-schema/findings/finding.ts';
import type { CheckReport, PageFigures } from '#harvesters/check.ts';
import { plain } from './plain.ts';

const MARKS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', info: '·' };
/** With their remedies they fill most of a screen; the others are in --json. */
const MOST_FINDINGS = 8;
const MOST_CAUSES = 4;
const MOST_FILLED = 16;

/** `asked`: the source as it was named on the command line. `width`: of the terminal, in characters. */
export function checkPage(report: CheckReport, asked: string, width: number): string {
  const { title, findings, causes, page } = report;
  const parts = [
    `${asked}${title === undefined ? '' : ` — ${title}`}`,
    ...tell(findings, MOST_FINDINGS),
    ...(page === undefined ? [] : ['', ...reached(report), ...figures(page, width)]),
    ...(causes.length === 0 ? [] : ['', ...told(causes)]),
    '',
    verdict(report, asked),
  ];
  return plain(parts.join('\n'));
}

function tell(findings: readonly Finding[], most: number): string[] {
  if (findings.length === 0) return ['  ✓ fichier et adresse : rien à redire / file and address: nothing wrong'];
  const lines = findings.slice(0, most).flatMap((found) => lineOf(found));
  if (findings.length > most) lines.push(`  … et ${findings.length - most} autres : --json / and others: --json`);
  return lines;
}

function lineOf(found: Finding, count = 1): string[] {
  const { severity, text, remedy } = words(found);
  const often = count > 1 ? `${count} × ` : '';
  return [`  ${MARKS[severity]} ${often}${text}`, `      → ${remedy}`];
}

function reached({ answered, file }: CheckReport): string[] {
  const [first] = answered;
  const where = `fichier / file        ${shorter(file)}`;
  if (first === undefined) return [where];
  const { url, status, mediaType, afterMs } = answered.at(-1) ?? first;
  const kind = mediaType.split(';')[0]?.trim() || 'sans type';
  return [
    where,
    `adresse / address     ${url}`,
    `réponse / answer      HTTP ${status}, ${kind}, en ${afterMs} ms (${answered.length} requête${answered.length > 1 ? 's' : ''})`,
  ];
}

/** As it would be typed here. */
function shorter(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}

function figures(page: PageFigures, width: number): string[] {
  const { read, mapped, rejected, deleted, visible, whole, kinds, filled, unknownWords, unknownCount } = page;
  const what = Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`);
  if (read === 0) return ['première page / page  rien n’est venu / nothing came'];
  const gone = deleted > 0 ? ` · ${deleted} supprimées / deleted` : '';
  const lines = [
    `première page / page  ${read} lues / read${whole ? ' (tout / all)' : ''} · ${mapped} reprises / mapped · ${rejected} écartées / put aside${gone}`,
  ];
  if (mapped === 0) return lines;
  lines.push(`visibles / visible    ${visible} sur ${mapped}${what.length > 0 ? ` · ${what.join(', ')}` : ''}`);
  const shares = filled
    .slice(0, MOST_FILLED)
    .map(({ name, records }) => `${name} ${Math.round((100 * records) / mapped)} %`);
  const more = filled.length > MOST_FILLED ? [`… +${filled.length - MOST_FILLED}`] : [];
  lines.push(...wrapped('remplis / filled in   ', [...shares, ...more], width));
  if (unknownCount > 0) {
    const said = unknownWords.map(
      ({ relation, text, count }) => `${relation} « ${cut(text, 40)} »${count > 1 ? ` ×${count}` : ''}`,
    );
    const rest = unknownCount > unknownWords.length ? [`… +${unknownCount - unknownWords.length}`] : [];
    lines.push(...wrapped('mots inconnus / unknown words  ', [...said, ...rest], width));
  }
  return lines;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Items joined by dots, broken into lines under one another. */
function wrapped(head: string, items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [index, item] of items.entries()) {
    const next = index === 0 ? item : ` · ${item}`;
    if (line.length + next.length > width && line.trim().length > 0 && line !== head) {
      lines.push(line);
      line = `${' '.repeat(head.length)}${item}`;
    } else line += next;
  }
  lines.push(line);
  return lines;
}

function told(causes: CheckReport['causes']): string[] {
  const lines = ['dans les notices / in the records'];
  for (const { finding, count } of causes.slice(0, MOST_CAUSES)) lines.push(...lineOf(finding, count));
  if (causes.length > MOST_CAUSES) lines.push(`  … et ${causes.length - MOST_CAUSES} autres causes : --json`);
  return lines;
}

function verdict({ ready, page, findings, trial }: CheckReport, asked: string): string {
  const errors = findings.filter((found) => words(found).severity === 'error').length;
  if (!ready) return `À CORRIGER D’ABORD / TO BE MENDED FIRST : ${errors} erreur${errors > 1 ? 's' : ''} (✗)`;
  const aside =
    page && page.rejected > 0 ? ` ; ${page.rejected} sur ${page.read} seraient mises de côté / would be put aside` : '';
  const onTrial = trial ? ' ; à l’essai : visible après « trame source publish » / on trial' : '';
  return `PRÊTE / READY : trame harvest ${asked}${aside}${onTrial}`;
}
