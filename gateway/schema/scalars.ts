import { GraphQLError } from 'graphql';
import { builder, words } from './builder.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function readDay(given: unknown): string {
  const day = String(given);
  if (DAY.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day)) return day;
  throw new GraphQLError(`Un jour s’écrit AAAA-MM-JJ, par exemple 2024-09-21. / A day is written YYYY-MM-DD.`);
}

function readText(given: unknown): string {
  if (typeof given === 'string') return given;
  throw new GraphQLError('Un texte est attendu. / A text is expected.');
}

builder.scalarType('Day', {
  description: words({ fr: 'Un jour, AAAA-MM-JJ.', en: 'A day, YYYY-MM-DD.' }),
  parseValue: readDay,
  serialize: (day) => day,
});

builder.scalarType('Instant', {
  description: words({
    fr: 'Un instant, ISO 8601 avec décalage horaire ; ou un jour (AAAA-MM-JJ) où l’heure n’est pas connue.',
    en: 'An instant, ISO 8601 with its offset; or a day (YYYY-MM-DD) where the hour is not known.',
  }),
  parseValue: readText,
  serialize: (instant) => instant,
});

builder.scalarType('Url', {
  description: words({ fr: 'Une adresse http ou https.', en: 'An http or https address.' }),
  parseValue: readText,
  serialize: (url) => url,
});
