import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { jocondeCsv, jocondeText } from './joconde.ts';
import { lido } from './lido.ts';
import { oaiDc } from './oai-dc.ts';
import { objectsOf } from './objects.ts';
import { picture, recordPage } from './pages.ts';
import { WORKSPACES, type Workspace } from './workspaces.ts';

const BASE = 'http://127.0.0.1:4010';
const EMAIL = /[^\s@<>"]+@[^\s@<>"]+/g;
const TELEPHONE = /\b0[1-9](?:[ .-]?\d{2}){4}\b|\+\d{2}[ .\d]{8,}/;

function byFault(fault: Workspace['fault']): Workspace {
  const found = WORKSPACES.find((workspace) => workspace.fault === fault);
  if (!found) throw new Error(`no workspace with the fault ${fault}`);
  return found;
}

/** The texts of every element of a local name; throws when the XML is not well-formed. */
function textsOf(xml: string, wanted: string): string[] {
  const parser = new SaxesParser({ xmlns: true });
  const found: string[] = [];
  let open = false;
  parser.on('error', (fault) => {
    throw fault;
  });
  parser.on('opentag', ({ local }) => {
    if (local !== wanted) return;
    open = true;
    found.push('');
  });
  parser.on('text', (text) => {
    if (open) found[found.length - 1] += text;
  });
  parser.on('closetag', ({ local }) => {
    if (local === wanted) open = false;
  });
  parser.write(xml).close();
  return found;
}

const first = (workspace: Workspace, count = 25) => [...objectsOf(workspace)].slice(0, count);

test('XML is well-formed in every workspace, and says no telephone and no address but that of a role', () => {
  for (const workspace of WORKSPACES) {
    for (const object of first(workspace)) {
      const texts = [oaiDc(BASE, workspace, object), lido(BASE, workspace, object), picture(workspace, object)];
      for (const xml of texts) {
        textsOf(xml, 'title');
        expect(xml).not.toMatch(TELEPHONE);
        for (const [address] of xml.matchAll(EMAIL)) expect(address).toContain('collections@example.org');
      }
      expect(recordPage(workspace, object)).toContain('cet objet n’existe pas');
    }
  }
});

test('the only creator is "anonyme"', () => {
  const creators = WORKSPACES.flatMap((workspace) =>
    first(workspace).flatMap((object) => textsOf(oaiDc(BASE, workspace, object), 'creator').map((text) => text.trim())),
  );
  expect(new Set(creators)).toEqual(new Set(['anonyme']));
});

test('a workspace joins values with " ; ", one pads them and leaves titles out', () => {
  const joined = byFault('valeurs-jointes');
  expect(textsOf(oaiDc(BASE, joined, first(joined)[0]!), 'subject')).toHaveLength(1);
  const padded = byFault('espaces-et-titres-absents');
  const titles = first(padded).map((object) => textsOf(oaiDc(BASE, padded, object), 'title'));
  expect(titles.some((title) => title.length === 0)).toBe(true);
  expect(titles.some(([title]) => title?.endsWith('   '))).toBe(true);
});

test('one LIDO workspace names its event types by URI', () => {
  const workspace = byFault('types-en-uri');
  const xml = lido(BASE, workspace, first(workspace)[0]!);
  expect(textsOf(xml, 'conceptID')).toContain('http://terminology.lido-schema.org/lido00007');
});

test('tagged text: one notice for each object, lines wrapped with " -", and one export in ISO 8859-1', () => {
  for (const workspace of WORKSPACES.filter(({ way }) => way === 'joconde-text')) {
    const bytes = jocondeText(BASE, workspace);
    const latin1 = workspace.fault === 'latin-1';
    const text = latin1 ? bytes.toString('latin1') : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    expect(text.match(/^REF\r$/gm)).toHaveLength(workspace.objects);
    expect(text.match(/^EN_LIGNE\r\noui\r$/gm)).toHaveLength(workspace.visible);
    expect(text.match(/^\/\/\r$/gm)).toHaveLength(workspace.objects - (workspace.fault === 'sans-fin' ? 1 : 0));
    expect(text).toMatch(/ -\r\n/);
    expect(text).toContain('démonstration');
    if (latin1) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  }
});

test('columns: one line for each object, as many cells as columns', () => {
  for (const workspace of WORKSPACES.filter(({ way }) => way === 'joconde-csv')) {
    const lines = jocondeCsv(BASE, workspace).toString('utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(workspace.objects + 1);
    expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
    expect(lines[0]?.startsWith('\uFEFF')).toBe(workspace.fault === 'bom');
    expect(lines.filter((line) => line.endsWith('|oui'))).toHaveLength(workspace.visible);
  }
});
