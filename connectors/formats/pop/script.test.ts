import { describe, expect, test } from 'vitest';
import { isScript, readScript } from './script.ts';

describe('readScript', () => {
  test('what the ministry’s own files hold: bare keys, texts of all quotes, lists, trailing commas, remarks', () => {
    const text = `// une notice
module.exports = {
  REF: "DEMO-1", /* au milieu */
  'PROT-BAT': 'l\\'abside',
  AUTR: ["Nom, \\u00c9mile", \`deux
lignes\`,],
  TICO: "un " +
    "deux",
  POP_COORDONNEES: { lat: -0.5, lon: 1e1 },
  VIDE: null, RIEN: undefined, VRAI: true,
  _id: ObjectId("abc"), DMAJ: new Date("2024-01-02"),
};
const apres = 1;
`;
    expect(readScript(text)).toEqual({
      value: {
        REF: 'DEMO-1',
        'PROT-BAT': "l'abside",
        AUTR: ['Nom, Émile', 'deux\nlignes'],
        TICO: 'un deux',
        POP_COORDONNEES: { lat: -0.5, lon: 10 },
        VIDE: null,
        RIEN: null,
        VRAI: true,
        _id: 'abc',
        DMAJ: '2024-01-02',
      },
    });
  });

  test.each([
    ['"use strict";\nexport default [{ REF: "1" }]', [{ REF: '1' }]],
    ['const notice = ({ REF: "1" });\nmodule.exports = notice;', { REF: '1' }],
    ['{ REF: "1", }', { REF: '1' }],
    ['module.exports = { __proto__: { a: 1 } }', JSON.parse('{"__proto__":{"a":1}}')],
  ])('%s', (text, value) => {
    expect(readScript(text)).toEqual({ value });
  });

  test.each([
    ['module.exports = {\n  REF: process.exit(1),\n};', 2, 'process.exit(1),'],
    ['module.exports = {\n\n  REF: "sans fin\n};', 3, '"sans fin'],
    ['module.exports = { REF: `${secret}` }', 1, '`${secret}` }'],
    ['module.exports = { REF: "1" "2" }', 1, '"2" }'],
    ['module.exports = require("./x")', 1, 'require("./x")'],
    ['module.exports = {', 1, ''],
    [`module.exports = ${'['.repeat(50)}`, 1, '[[[[[[[[['],
  ])('nothing is run, and what is no value is said with its line: %s', (text, line, found) => {
    expect(readScript(text)).toEqual({ line, found });
  });
});

test('such a file is told from JSON and from a table', () => {
  const begins = ['module.exports = {', '/* x */ const a = {', '{ REF: "1"', "{ 'REF': '1'", 'export default ['];
  expect(begins.map(isScript)).toEqual(begins.map(() => true));
  const others = ['{"REF": "1"', '[{"REF":1}]', 'REF|TICO', 'var;let;x', 'constat;lettre', ''];
  expect(others.map(isScript)).toEqual(others.map(() => false));
});
