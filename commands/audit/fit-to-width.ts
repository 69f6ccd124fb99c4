/** Breaks lines between words, so that a terminal of this width does not break them anywhere. */

/** Columns at which a line's own text begins: after its time, its indentation or its arrow. */
const hangOf = (line: string, width: number): number => {
  const [start = ''] = /^(?:.* {2,}| *)(?:=> )?/.exec(line) ?? [];
  return Math.min(start.length, Math.floor(width / 2));
};

/** A word that is longer than the line is broken, too. */
const piecesOf = (text: string, width: number): readonly string[] =>
  text.match(new RegExp(`\\S{1,${width}}|\\s+`, 'gu')) ?? [];

const fitLine = (line: string, width: number): string => {
  const hang = hangOf(line, width);
  const lines = [line.slice(0, hang)];
  for (const piece of piecesOf(line.slice(hang), width - hang)) {
    const last = lines.at(-1) ?? '';
    if (last.length + piece.length <= width) lines[lines.length - 1] = last + piece;
    else if (piece.trim() !== '') lines.push(' '.repeat(hang) + piece);
  }
  return lines.map((fitted) => fitted.trimEnd()).join('\n');
};

/** Further lines of a broken line begin where its text does. */
export const fitToWidth = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => fitLine(line, width))
    .join('\n');
