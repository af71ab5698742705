/** `trame source preview` on a terminal: what the partner gave on the left, what it becomes on the right. */
import { words } from '#graph-schema/findings/finding.ts';
import type { MappedPreview, Preview, PreviewedLink } from '#harvesters/preview.ts';
import { plain } from './plain.ts';

const GAP = ' │ ';
const NARROWEST_FOR_TWO = 100;
/** Lines of raw text beside one record; the rest is cut. */
const MOST_LINES = 40;

/** Two columns where the terminal is wide enough, else one under the other. `width`: in characters. */
export function previewText(previews: readonly Preview[], width: number): string {
  return plain(previews.map((preview, index) => block(preview, index + 1, previews.length, width)).join('\n\n'));
}

function block(preview: Preview, rank: number, total: number, width: number): string {
  const head = `── ${rank}/${total} · ${preview.id ?? '(sans identifiant / without identifier)'} `;
  const lines = becomes(preview);
  const raw = preview.raw === '' ? ['(rien / nothing)'] : preview.raw.split(/\r\n|\r|\n/);
  const title = head.padEnd(width, '─');
  if (width < NARROWEST_FOR_TWO) {
    const under = [...folded(raw, width - 2).slice(0, MOST_LINES), '  ⇓', ...folded(lines, width - 2)];
    return [title, ...under.map((line) => `  ${line}`)].join('\n');
  }
  const left = Math.floor((width - GAP.length) * 0.45);
  return [title, ...beside(folded(raw, left), folded(lines, width - left - GAP.length), left)].join('\n');
}

function beside(raw: readonly string[], lines: readonly string[], left: number): string[] {
  const most = Math.max(MOST_LINES, lines.length);
  const shown = raw.length > most ? [...raw.slice(0, most - 1), `… ${raw.length - most + 1} lignes de plus`] : raw;
  return Array.from({ length: Math.max(shown.length, lines.length) }, (_, row) =>
    `${(shown[row] ?? '').padEnd(left)}${GAP}${lines[row] ?? ''}`.trimEnd(),
  );
}

/** What a record becomes, a line for each part. */
function becomes(preview: Preview): string[] {
  if (preview.outcome === 'mapped') return mapped(preview);
  if (preview.outcome === 'deleted') return ['SUPPRIMÉE chez le partenaire / deleted at the partner’s'];
  if (preview.outcome === 'seen') return ['Nommée, non donnée / named, not given'];
  const why = preview.reason && words(preview.reason);
  return ['MISE DE CÔTÉ / put aside', ...(why ? [why.text, `→ ${why.remedy}`] : [])];
}

function mapped({ kind, visibility, visibleUntil, identifiers, fields, links, notes }: MappedPreview): string[] {
  const until = visibleUntil === undefined ? '' : ` jusqu’au / until ${visibleUntil}`;
  return [
    `${kind} · ${visibility === 'public' ? `visible${until}` : 'CACHÉE / hidden'}`,
    ...identifiers.map(({ scheme, value }) => `${scheme} : ${value}`),
    ...fields.map(({ name, value }) => `${name} : ${value}`),
    ...links.map((link) => `${link.relation} → ${linkInWords(link)}`),
    ...notes.map((note) => `! ${words(note).text}`),
  ];
}

/** Where a relation would lead, and how surely. */
function linkInWords({ said, leadsTo, how, confidence }: PreviewedLink): string {
  if (leadsTo === undefined) return `« ${said} » : inconnu / unknown`;
  if (how === 'stated') return leadsTo;
  const surely = `${Math.round(confidence * 100)} %`;
  return said === leadsTo ? `${leadsTo} (${surely})` : `${leadsTo}, de « ${said} » (${surely})`;
}

/** Long lines broken at a blank where there is one; what is broken off is indented. */
function folded(lines: readonly string[], width: number): string[] {
  return lines
    .flatMap((one) => one.split('\n'))
    .flatMap((one) => {
      const parts: string[] = [];
      let rest = one.replaceAll('\t', '  ');
      while (rest.length > width) {
        const blank = rest.lastIndexOf(' ', width);
        const at = blank > width / 2 ? blank : width;
        parts.push(rest.slice(0, at));
        rest = `  ${rest.slice(at).trimStart()}`;
      }
      return [...parts, rest];
    });
}
