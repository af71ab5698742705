import { describe, expect, test } from 'vitest';
import { SourceError } from './connector.ts';
import { connectorFor, FORMATS, PROTOCOLS } from './registry.ts';

describe('registry', () => {
  test('every format and protocol stands under its own name', () => {
    expect(Object.keys(FORMATS)).toEqual(['oai-dc', 'lido', 'joconde-text', 'joconde-csv', 'museofile', 'table']);
    for (const [name, format] of Object.entries(FORMATS)) {
      expect(format.name).toBe(name);
      expect(format.row === undefined).toBe(format.cut === undefined);
    }
    for (const protocol of PROTOCOLS) {
      expect(connectorFor(protocol, FORMATS['lido']!, undefined).name).toBe(protocol);
    }
  });

  test('what does not exist is said, with what does', () => {
    for (const protocol of ['ftp', 'constructor']) {
      expect(() => connectorFor(protocol, FORMATS['lido']!, undefined)).toThrow(SourceError);
    }
    expect(() => connectorFor('files', FORMATS['oai-dc']!, undefined)).toThrow(/oai-dc/);
  });
});
