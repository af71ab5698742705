/** Text made fit for XML, attributes included. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => {
    if (character === '<') return '&lt;';
    if (character === '>') return '&gt;';
    return character === '&' ? '&amp;' : '&quot;';
  });
}
