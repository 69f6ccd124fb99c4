/** How `attach` and `detach` speak to people and to machines. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { openTerminal } from '../common/terminal.ts';

export interface Talk {
  /** For people. */
  say(text: string): void;
  /** That it goes on; for people, also where the output is for machines. */
  progress(text: string): void;
  /** The one document for machines, where it is asked for. */
  document(content: object): void;
  /** Resolves to whether somebody types exactly these words. */
  agreesTo(words: string): Promise<boolean>;
}

/** `yes` agrees to everything. */
export const createTalk = ({ json, yes }: { readonly json: boolean; readonly yes: boolean }): Talk => ({
  say: (text) => {
    if (!json) console.log(text);
  },
  progress: (text) => console.error(text),
  document: (content) => {
    if (json) console.log(JSON.stringify(content));
  },
  agreesTo: async (words) => {
    if (yes) return true;
    using terminal = openTerminal(EXIT.refused);
    return (await terminal.ask(`Type "${words}" to go on: `)).trim() === words;
  },
});

export const declined = (): CommandError => new CommandError('Nothing was changed.', EXIT.refused);
