/** A local system in a process of its own, so that it can be killed: `node system-process.ts <folder> <templateFolder>`. */
import { startSystem } from '../../../local/system.ts';

const [folder = '', templateFolder = ''] = process.argv.slice(2);
const { url, outputs } = await startSystem({ folder, templateFolder, port: 0 });
console.log(JSON.stringify({ url, outputs }));
