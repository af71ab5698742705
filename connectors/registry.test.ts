import { describe, expect, test } from 'vitest';
import { SourceError } from './connector.ts';
import { connectorFor, FORMATS, PROTOCOLS } from './registry.ts';

const PROMISED = [
  ...['oai-dc', 'lido', 'edm', 'joconde-text', 'joconde-csv', 'joconde', 'merimee', 'palissy', 'memoire', 'museofile'],
  ...['icalendar', 'feed', 'webvtt', 'srt', 'omeka-s', 'iiif', 'onisep', 'annuaire-education', 'epv', 'entreprise'],
  'table',
];

describe('registry', () => {
  test('every format and protocol stands under its own name', () => {
    // A source file out there names one of these: none may go.
    expect(Object.keys(FORMATS)).toEqual(expect.arrayContaining(PROMISED));
    for (const [name, format] of Object.entries(FORMATS)) {
      expect(format.name).toBe(name);
      expect(format.row === undefined).toBe(format.cut === undefined);
    }
    for (const protocol of PROTOCOLS) {
      expect(connectorFor(protocol, FORMATS['lido']!, undefined).name).toBe(protocol);
    }
  });

  test('a checkpoint of another shape, as another version may leave it, is refused before it is gone on with', () => {
    const cursor = { started: '2026-01-01T00:00:00Z', rows: 300, at: { of: 'another version' } };
    const paged = ['openagenda', 'opendatasoft', 'tabular', 'recherche-entreprises', 'onisep', 'omeka-s'];
    for (const name of paged) {
      const checked = connectorFor(name, FORMATS['lido']!, undefined).cursor['~standard'].validate(cursor);
      expect([name, (checked as { issues?: unknown }).issues === undefined]).toEqual([name, false]);
    }
  });

  test('what does not exist is said, with what does', () => {
    for (const protocol of ['ftp', 'constructor']) {
      expect(() => connectorFor(protocol, FORMATS['lido']!, undefined)).toThrow(SourceError);
    }
    const { cut: _cut, row: _row, ...without } = FORMATS['oai-dc']!;
    expect(() => connectorFor('files', without, undefined)).toThrow(/oai-dc/);
  });
});
