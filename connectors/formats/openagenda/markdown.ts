/** The long texts of OpenAgenda are Markdown: here they become plain text. */
import { textOfHtml } from '../shared/html.ts';

/** The words without the marks; links and pictures lose their addresses, lists keep their dashes. Linear in the text's length. */
export function textOfMarkdown(markdown: string | undefined): string | undefined {
  if (markdown === undefined) return undefined;
  const bare = markdown
    .replace(/!\[([^[\]\n]{0,300})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/\[([^[\]\n]{0,500})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/^#{1,6}[ \t]+/gm, '')
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/^[ \t]*(?:[-*_][ \t]*){3,}$/gm, '')
    .replace(/^[ \t]*[*+][ \t]+/gm, '- ')
    .replace(/\*\*|__/g, '')
    .replace(/(^|[\s(])[*_]([^*_\n]{1,500})[*_](?=$|[\s).,;:!?])/gm, '$1$2')
    .replace(/\\([\\`*_{}[\]()#+.!>-])/g, '$1');
  return textOfHtml(bare);
}
