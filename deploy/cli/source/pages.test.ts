import { expect, test } from 'vitest';
import { finding } from '#graph-schema/findings/finding.ts';
import type { CheckReport } from '#harvesters/check.ts';
import type { Preview } from '#harvesters/preview.ts';
import { checkPage } from './check-page.ts';
import { previewHtml } from './preview-html.ts';
import { previewText } from './preview-text.ts';

const HOSTILE = '<script>alert("x")</script> & \u001b[2J';
const PREVIEWS: readonly Preview[] = [
  {
    outcome: 'mapped',
    id: '7',
    raw: `<a>\n  <b>${HOSTILE}</b>\n</a>`,
    kind: 'HeritageObject',
    kindLabel: 'Objet',
    visibility: 'hidden',
    visibleUntil: undefined,
    identifiers: [{ scheme: 'trame', value: 'x7' }],
    fields: [
      { name: 'name', label: 'Nom', value: HOSTILE },
      { name: 'description', label: 'Description', value: 'un mot '.repeat(40) },
    ],
    links: [
      { relation: 'trades', label: 'Métiers', said: 'tissage', leadsTo: 'tisserand', how: 'label', confidence: 0.8 },
      { relation: 'trades', label: 'Métiers', said: 'xyzzy', leadsTo: undefined, how: 'label', confidence: 0 },
    ],
    notes: [finding('run-empty', { source: 'essai' })],
  },
  {
    outcome: 'rejected',
    id: undefined,
    raw: '',
    reason: finding('record-invalid', { id: '8', path: 'name', message: 'vide' }),
  },
  { outcome: 'deleted', id: '9', raw: '', reason: undefined },
];

test('the page for a partner is whole, in French, without script, and escapes what the partner wrote', () => {
  const source = { name: 'essai', title: 'Essai <b>', owner: 'Musée', licence: 'CC0 1.0' };
  const html = previewHtml(source, PREVIEWS, new Date('2026-11-22T12:00:00Z'));
  expect(html).toMatch(/^<!doctype html>\n<html lang="fr">/);
  expect(html).toContain('<meta name="viewport" content="width=device-width');
  for (const landmark of ['<header>', '<nav aria-label', '<main id="notices">', '<footer>']) {
    expect(html.split(landmark)).toHaveLength(2);
  }
  expect(html).not.toMatch(/<script|<b>| on\w+=|src=|url\(|@import|https?:/i);
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; \ufffd[2J');
  // Every element that is opened is closed; every reference leads somewhere; ids are unique.
  const open = (tag: string) => (html.match(new RegExp(`<${tag}[ >]`, 'g')) ?? []).length;
  for (const tag of ['article', 'section', 'table', 'tr', 'th', 'td', 'ul', 'li', 'div', 'p', 'span', 'h2', 'h3'])
    expect([tag, open(tag)]).toEqual([tag, html.split(`</${tag}>`).length - 1]);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of html.matchAll(/(?:aria-labelledby="|href="#)([^"]+)"/g)) expect(ids).toContain(id);
  expect(html.match(/<table>/g)).toHaveLength(2);
  expect(html.match(/<caption>/g)).toHaveLength(2);
  expect(html.match(/<th scope="col">/g)).toHaveLength(6);
  expect(html).toContain('<span class="mark">cachée</span>');
  expect(html).toContain('<span class="mark">mise de côté</span>');
  expect(html).toContain('inconnu des vocabulaires');
});

test('on a terminal, raw and mapped stand beside each other, and no line is too wide', () => {
  for (const width of [120, 100, 60]) {
    const text = previewText(PREVIEWS, width);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(text).toContain('CACHÉE');
    expect(text).toContain('MISE DE CÔTÉ');
    expect(text).not.toContain('\u001b');
  }
  expect(previewText(PREVIEWS, 120)).toMatch(/<a>\s+│ HeritageObject/);
  expect(previewText(PREVIEWS, 200)).toContain('trades → tisserand, de « tissage » (80 %)');
});

const REPORT: CheckReport = {
  source: 'essai',
  title: 'Essai',
  file: '/a/essai.yaml',
  trial: false,
  ready: false,
  findings: [
    finding('source-invalid', { file: 'essai.yaml', line: 3, path: 'title', detail: 'manque', instead: 'title: x' }),
    finding('nothing-visible', { source: 'essai', count: 3, rule: 'nothing' }),
  ],
  answered: [{ url: 'https://x.example.org/oai', status: 200, mediaType: 'text/xml; charset=utf-8', afterMs: 12.4 }],
  page: {
    read: 4,
    mapped: 3,
    rejected: 1,
    deleted: 0,
    visible: 0,
    whole: false,
    kinds: { HeritageObject: 3 },
    filled: [
      { name: 'name', label: 'Nom', records: 3 },
      ...Array.from({ length: 30 }, (_, i) => ({ name: `f${i}`, label: 'F', records: 1 })),
    ],
    unknownWords: [{ relation: 'trades', text: 'xyzzy', count: 2 }],
    unknownCount: 1,
  },
  causes: [{ finding: finding('record-invalid', { id: '8', path: 'name', message: 'vide' }), count: 1 }],
};

test('the check fits a screen: the worst first, the verdict last', () => {
  const lines = checkPage(REPORT, 'essai.yaml', 100).split('\n');
  expect(lines.length).toBeLessThan(40);
  expect(lines[1]).toMatch(/^ {2}✗ essai.yaml, ligne 3/);
  expect(lines[2]).toMatch(/→ À écrire/);
  expect(lines.join('\n')).toMatch(/4 lues.*3 reprises.*1 écartées/);
  expect(lines.join('\n')).toContain('name 100 % · f0 33 %');
  expect(lines.join('\n')).toContain('« xyzzy » ×2');
  expect(lines.at(-1)).toMatch(/^À CORRIGER D’ABORD .* 1 erreur /);
  const ready = checkPage({ ...REPORT, ready: true, findings: [] }, 'essai.yaml', 100);
  expect(ready.split('\n').at(-1)).toMatch(
    /^PRÊTE \/ READY : trame harvest essai.yaml ; 1 sur 4 seraient mises de côté/,
  );
});
