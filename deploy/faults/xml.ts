/** XML that is not well-formed, unusual though right, or meant to hurt its reader. */
import type { Fault } from './fault.ts';
import { onPages, set } from './rows.ts';

const ONE_PAGE = { at: 2, times: 1 } as const;

export const XML_FAULTS: readonly Fault[] = [
  ...onPages('xml', [
    ['missing-end', 'La balise de fin manque', 'The closing tag is missing'],
    ['crossed-tags', 'Des balises qui se croisent', 'Crossed tags'],
    ['unclosed-tag', 'Une balise jamais fermée', 'A tag that is never closed'],
    ['attribute-without-quotes', 'Un attribut sans guillemets', 'An attribute without quotes'],
    ['undeclared-prefix', 'Un préfixe non déclaré', 'An undeclared prefix'],
    ['forbidden-character', 'Un caractère interdit, dans un commentaire', 'A forbidden character, in a comment'],
    ['forbidden-character-in-text', 'Un caractère interdit dans un titre', 'A forbidden character in a title'],
    ['forbidden-reference', 'Une référence à un caractère interdit', 'A reference to a forbidden character'],
    ['surrogate-reference', 'Une référence à un demi-caractère', 'A reference to half a character'],
    ['nul-bytes', 'Des octets nuls', 'NUL bytes'],
    ['bare-ampersand', 'Une esperluette nue', 'A bare ampersand'],
    ['bare-less-than', 'Un « < » nu', 'A bare <'],
    ['html-entity', 'Des entités de HTML', 'Entities of HTML'],
    ['prefixed', 'OAI-PMH sous un préfixe', 'OAI-PMH under a prefix'],
    ['blank-lines-first', 'Des lignes vides d’abord', 'Blank lines first'],
    ['byte-order-mark', 'Une marque d’ordre des octets', 'A byte order mark'],
    ['no-declaration', 'Sans déclaration XML', 'Without an XML declaration'],
    ['xml-1-1', 'XML 1.1', 'XML 1.1'],
    ['warning-first', 'Un avertissement de PHP d’abord', 'A PHP warning first'],
    ['warning-last', 'Un avertissement de PHP à la fin', 'A PHP warning last'],
    ['document-twice', 'Le document deux fois', 'The document twice'],
    ['stylesheet', 'Une feuille de style', 'A stylesheet'],
    ['plain-doctype', 'Un DOCTYPE', 'A DOCTYPE'],
    ['comments', 'Des commentaires partout', 'Comments everywhere'],
    ['cdata', 'Du CDATA', 'CDATA'],
    ['references-only', 'Chaque lettre en référence numérique', 'Every letter a numeric reference'],
  ]),
  ...onPages('xml', [
    ['billion-laughs', 'Un milliard de rires', 'A billion laughs', ONE_PAGE],
    ['quadratic-blow-up', 'Une entité de 100 ko, dix mille fois', 'An entity of 100 kB, ten thousand times', ONE_PAGE],
    ['huge-text', '5 Mo dans un seul texte', '5 MB in one text', ONE_PAGE],
    ['huge-attribute', '5 Mo dans un attribut', '5 MB in an attribute', ONE_PAGE],
    ['huge-name', 'Un nom d’élément de 1 Mo', 'An element name of 1 MB', ONE_PAGE],
    ['many-attributes', 'Un million d’attributs', 'A million attributes', ONE_PAGE],
    ['many-namespaces', '50 000 espaces de noms', '50,000 namespaces', ONE_PAGE],
    ['many-elements', '200 000 éléments dans une notice', '200,000 elements in one record', ONE_PAGE],
    ['deep-nesting', '100 000 niveaux', '100,000 levels deep', ONE_PAGE],
    ['deep-nesting-unclosed', '100 000 niveaux jamais fermés', '100,000 levels never closed', ONE_PAGE],
    ['huge-comment', 'Un commentaire de 10 Mo', 'A comment of 10 MB', ONE_PAGE],
    ['huge-instruction', 'Une instruction de 10 Mo', 'An instruction of 10 MB', ONE_PAGE],
    ['huge-whitespace', '50 Mo de blancs', '50 MB of blanks', ONE_PAGE],
    ['too-much-whitespace', '100 Mo de blancs dans 100 ko de gzip', '100 MB of blanks in 100 kB of gzip', ONE_PAGE],
  ]),
  ...onPages('xml', [['external-entity', 'Une entité qui lit /etc/passwd', 'An entity that reads /etc/passwd']]),
  set(
    'xml',
    'external-dtd',
    ['Un DOCTYPE qui fait chercher un autre fichier', 'A DOCTYPE that has another file fetched'],
    (repository) => {
      repository.faults.push({ kind: 'external-dtd', at: 1, times: Number.POSITIVE_INFINITY });
      const also = () =>
        repository.asked.some(({ pathname }) => pathname.includes('evil.dtd')) ? ['evil.dtd was fetched'] : [];
      return repository.partner({ also });
    },
  ),
];
