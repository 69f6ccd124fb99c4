/** Writes a letter as plain text, for programs and people that want no HTML. */
import type { Block, Letter } from './letter.ts';

const paragraphOf = (block: Block): string => {
  switch (block.kind) {
    case 'sentence':
      return block.text;
    // Alone on its line, so that people and mail programs find it.
    case 'code':
      return block.code;
    case 'link':
      return `${block.text}\n${block.url}`;
    case 'address':
      return `${block.before}${block.url}${block.after}`;
  }
};

/** The same sentences as in the HTML part, in the same order, and the same addresses. */
export const writeMailText = ({ brand, title, blocks }: Letter): string => {
  const head = brand === undefined ? [title] : [brand.name, title];
  return `${[...head, ...blocks.map(paragraphOf)].join('\n\n')}\n`;
};
