import type { Words } from './finding.ts';

export const HTTP_FINDINGS = {
  'http-address-invalid': {
    severity: 'error',
    fr: '« {url} » n’est pas une adresse que l’on peut lire ({protocol}).',
    en: '“{url}” is not an address that can be read ({protocol}).',
    remedyFr: 'Écrivez une adresse complète, qui commence par https:// ou http://.',
    remedyEn: 'Write a whole address that begins with https:// or http://.',
  },
  'http-address-refused': {
    severity: 'error',
    fr: '« {host} » mène à une adresse privée ({address}), ce qui est refusé.',
    en: '“{host}” leads to a private address ({address}), which is refused.',
    remedyFr:
      'Si ce partenaire est bien dans votre réseau, écrivez `allowPrivate: true` dans le fichier de source ; sinon corrigez l’adresse.',
    remedyEn:
      'If this partner is indeed inside your network, write `allowPrivate: true` in the source file; else correct the address.',
  },
  'http-host-unknown': {
    severity: 'error',
    fr: 'Aucune machine ne répond au nom « {host} ».',
    en: 'No machine goes by the name “{host}”.',
    remedyFr: 'Vérifiez l’orthographe de l’adresse ; si elle est juste, demandez au partenaire si elle a changé.',
    remedyEn: 'Check the spelling of the address; if it is right, ask the partner whether it has changed.',
  },
  'http-certificate': {
    severity: 'error',
    fr: 'Le certificat de « {host} » n’est pas valable ({detail}).',
    en: 'The certificate of “{host}” is not valid ({detail}).',
    remedyFr: 'Prévenez le partenaire : son certificat est périmé, ou n’est pas fait pour cette adresse.',
    remedyEn: 'Tell the partner: the certificate has expired, or was not made for this address.',
  },
  'http-unreachable': {
    severity: 'error',
    fr: '{url} ne répond pas ({detail}).',
    en: '{url} does not answer ({detail}).',
    remedyFr: 'Rien à faire tout de suite : un nouvel essai aura lieu. Si cela dure, prévenez le partenaire.',
    remedyEn: 'Nothing to do at once: it will be tried again. If it lasts, tell the partner.',
  },
  'http-timeout': {
    severity: 'error',
    fr: '{url} est trop lent : délai « {phase} » de {ms} ms dépassé.',
    en: '{url} is too slow: the “{phase}” deadline of {ms} ms has passed.',
    remedyFr:
      'Un nouvel essai aura lieu. Si cela dure, demandez au partenaire des pages plus petites, ou moissonnez la nuit.',
    remedyEn: 'It will be tried again. If it lasts, ask the partner for smaller pages, or harvest at night.',
  },
  'http-broken-off': {
    severity: 'error',
    fr: 'La réponse de {url} s’est interrompue après {bytes} octets ({detail}).',
    en: 'The answer of {url} broke off after {bytes} bytes ({detail}).',
    remedyFr:
      'Un nouvel essai aura lieu, à partir du dernier point de reprise. Si cela se répète, prévenez le partenaire.',
    remedyEn: 'It will be tried again, from the last checkpoint. If it happens again, tell the partner.',
  },
  'http-too-large': {
    severity: 'error',
    fr: 'La réponse de {url} dépasse la limite de {limit} octets.',
    en: 'The answer of {url} is larger than the limit of {limit} bytes.',
    remedyFr: 'Demandez au partenaire des pages plus petites, ou un export par parties.',
    remedyEn: 'Ask the partner for smaller pages, or for an export in parts.',
  },
  'http-encoding-unknown': {
    severity: 'error',
    fr: '{url} répond dans une compression inconnue (« {encoding} »).',
    en: '{url} answers in an unknown compression (“{encoding}”).',
    remedyFr: 'Demandez au partenaire de répondre en gzip, ou sans compression.',
    remedyEn: 'Ask the partner to answer in gzip, or without compression.',
  },
  'http-redirected': {
    severity: 'info',
    fr: '{url} renvoie pour de bon à {to}.',
    en: '{url} has moved for good to {to}.',
    remedyFr: 'Écrivez la nouvelle adresse dans le fichier de source.',
    remedyEn: 'Write the new address in the source file.',
  },
  'http-redirect-endless': {
    severity: 'error',
    fr: '{url} renvoie d’adresse en adresse sans fin ({hops} renvois, le dernier vers {to}).',
    en: '{url} sends on from address to address without end ({hops} times, last to {to}).',
    remedyFr: 'Ouvrez l’adresse dans un navigateur et prenez celle où l’on arrive ; sinon prévenez le partenaire.',
    remedyEn: 'Open the address in a browser and take the one where you arrive; else tell the partner.',
  },
  'http-busy': {
    severity: 'warning',
    fr: '{url} demande de revenir plus tard (HTTP {status}), pas avant {notBefore}.',
    en: '{url} asks to come back later (HTTP {status}), not before {notBefore}.',
    remedyFr: 'Rien à faire : la moisson reprendra après cette heure.',
    remedyEn: 'Nothing to do: the harvest goes on after that time.',
  },
  'http-server-error': {
    severity: 'error',
    fr: '{url} est en panne (HTTP {status}).',
    en: '{url} is out of order (HTTP {status}).',
    remedyFr: 'Un nouvel essai aura lieu. Si cela dure, prévenez le partenaire en citant cette adresse.',
    remedyEn: 'It will be tried again. If it lasts, tell the partner, and quote this address.',
  },
  'http-stopped': {
    severity: 'warning',
    fr: 'La lecture de {url} a été arrêtée à notre demande.',
    en: 'Reading {url} was stopped at our request.',
    remedyFr: 'Relancez quand vous voulez : la moisson reprendra au dernier point de reprise.',
    remedyEn: 'Start again whenever you like: the harvest goes on from the last checkpoint.',
  },
} as const satisfies Readonly<Record<string, Words>>;
