/**
 * The API report: the types of each entry point of the package, written down in `docs/api`. Whoever changes them changes the
 * report too, so a review sees it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPackageTool, type ToolResult } from './package-tools.ts';
import { copyForTools, type TypedEntry, typedEntries } from './packed-package.ts';

export const REPORT_FOLDER = fileURLToPath(new URL('../../docs/api', import.meta.url));

const NOTHING = { enabled: false };
/** Printed, and not only noted in the report, where it would be accepted with it. */
const WARN = { logLevel: 'warning', addToApiReportFile: false };
const OFF = { logLevel: 'none' };

/** The settings of API Extractor for one entry point of the package in `projectFolder`. */
const settingsFor = ({ name, types }: TypedEntry, projectFolder: string) => ({
  projectFolder,
  mainEntryPointFilePath: join(projectFolder, types),
  compiler: { tsconfigFilePath: join(projectFolder, 'tsconfig.json') },
  apiReport: {
    enabled: true,
    reportFileName: basename(name),
    reportFolder: REPORT_FOLDER,
    reportTempFolder: join(projectFolder, 'report'),
  },
  docModel: NOTHING,
  dtsRollup: NOTHING,
  tsdocMetadata: NOTHING,
  newlineKind: 'lf',
  messages: {
    compilerMessageReporting: { default: WARN },
    extractorMessageReporting: {
      default: WARN,
      // API Extractor has a default of its own for this one, which notes it in the report.
      'ae-forgotten-export': WARN,
      // Everything that is exported is public; there are no alphas and betas.
      'ae-missing-release-tag': OFF,
    },
    // `@default` is the CDK's tag. The API pages find tags that nobody knows.
    tsdocMessageReporting: { default: WARN, 'tsdoc-undefined-tag': OFF },
  },
});

/** API Extractor takes a type of another entry point for one that is not exported, unless it comes from a package. */
const importByName = (entries: readonly TypedEntry[], workFolder: string): void => {
  for (const { types } of entries) {
    const path = join(workFolder, types);
    const nameOf = (whole: string, file: string) => {
      const entry = entries.find((one) => one.types === `${file}.d.ts`);
      return entry === undefined ? whole : `from '${entry.name}'`;
    };
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/from '\.\/([^']+)\.js'/g, nameOf));
  }
};

const reportOf = (entry: TypedEntry, workFolder: string, update: boolean): Promise<ToolResult> => {
  const settings = join(workFolder, `${basename(entry.name)}.json`);
  writeFileSync(settings, JSON.stringify(settingsFor(entry, workFolder)));
  return runPackageTool(
    'api-extractor',
    ['run', '--config', settings, ...(update ? ['--local'] : [])],
    workFolder,
  );
};

/**
 * Compares the types of the package in `folder` with the reports, or with `update` writes the reports anew. Returns what API
 * Extractor says of each entry point: the code is 1 if a report is out of date or something in the types is wrong.
 */
export const checkApi = async (
  folder: string,
  { update = false } = {},
): Promise<Readonly<Record<string, ToolResult>>> => {
  const workFolder = mkdtempSync(join(tmpdir(), 'otp-api-'));
  try {
    copyForTools(folder, workFolder);
    const entries = typedEntries(folder);
    importByName(entries, workFolder);
    const results = entries.map(
      async (entry) => [entry.name, await reportOf(entry, workFolder, update)] as const,
    );
    return Object.fromEntries(await Promise.all(results));
  } finally {
    rmSync(workFolder, { recursive: true });
  }
};
