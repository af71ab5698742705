import { expect, test } from 'vitest';
import { LICENCE_LAYERS, layerInWords, layerOf, republishableUnder } from './licences.ts';

test.each([
  ['Licence Ouverte 2.0', 'licence-ouverte', true],
  ['Licence Ouverte / Open Licence version 2.0', 'licence-ouverte', true],
  ['lov2', 'licence-ouverte', true],
  ['https://www.etalab.gouv.fr/licence-ouverte-open-licence', 'licence-ouverte', true],
  ['ODbL 1.0', 'odbl', true],
  ['https://opendatacommons.org/licenses/odbl/1-0/', 'odbl', true],
  ['CC0', 'cc0', true],
  ['Domaine public', 'public-domain', true],
  ['CC BY 4.0', 'cc-by', true],
  ['CC-BY-SA 3.0', 'cc-by-sa', true],
  ['https://creativecommons.org/licenses/by-sa/4.0/', 'cc-by-sa', true],
  ['CC BY-NC-SA 4.0', 'cc-by-nc-sa', false],
  ['CC BY-NC 4.0', 'cc-by-nc', false],
  ['https://creativecommons.org/licenses/by-nc-nd/4.0/', 'cc-by-nc-nd', false],
  ['CC BY, tous droits réservés', 'in-copyright', false],
  ['Tous droits réservés', 'in-copyright', false],
  ['http://rightsstatements.org/vocab/InC/1.0/', 'in-copyright', false],
  ['http://rightsstatements.org/vocab/NoC-NC/1.0/', 'restricted', false],
  ['démonstration', 'demonstration', undefined],
  ['MIT', 'mit', true],
  ['Summit', 'unknown', undefined],
  ['© Musée de démonstration', 'unknown', undefined],
  ['Image non libre de droits', 'restricted', false],
  ['hors domaine public', 'restricted', false],
  ['œuvre qui n’est pas dans le domaine public', 'restricted', false],
  ['Not in the public domain', 'restricted', false],
  ['CC BY, usage non commercial', 'restricted', false],
  ['CC BY NonCommercial', 'restricted', false],
  ['libre de droits, sur autorisation', 'restricted', false],
  ['libre de droits, usage privé uniquement', 'restricted', false],
  ['CC BY–SA 4.0', 'cc-by-sa', true],
  ['CC‑BY‑NC‑ND', 'cc-by-nc-nd', false],
  ['Domaine public © un photographe', 'unknown', undefined],
  ['© Musée d’exemple, CC BY 4.0', 'cc-by', true],
  ['Libre de droits', 'open', true],
  [undefined, 'unknown', undefined],
])('%s is %s', (said, layer, republishable) => {
  expect(layerOf(said)).toBe(layer);
  expect(republishableUnder(layerOf(said))).toBe(republishable);
});

test('an address beside the words counts, and what restricts wins', () => {
  expect(layerOf('photographie', 'https://creativecommons.org/publicdomain/zero/1.0/')).toBe('cc0');
  expect(layerOf('domaine public', 'https://creativecommons.org/licenses/by-nc/4.0/')).toBe('cc-by-nc');
});

test('every layer has a name in both languages', () => {
  for (const layer of LICENCE_LAYERS)
    expect(Object.values(layerInWords(layer)).every((name) => name.length > 1)).toBe(true);
});
