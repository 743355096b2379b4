import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TableName, ImportPlan, ImportReport, Outcome, Progress } from '../../../workers/data/api.ts'
import type { Database } from '../../../workers/data/database.ts'
import { DataService } from '../../../workers/data/dataService.ts'
import type { Keep } from '../../../workers/data/keep/keep.ts'
import { noKeep } from '../../../workers/data/keep/noKeep.ts'
import { openEmptyDatabase } from './emptyDatabase.ts'

export interface OpenedService {
  service: DataService
  database: Database
  close(): Promise<void>
}

/** The data worker in Node, started; `files` answers what the site would serve. */
export async function openService(
  files: (url: string) => Promise<Response> = () => Promise.resolve(new Response('', { status: 404 })),
  progress: Progress = () => undefined,
  keep: Keep = noKeep('Nothing is kept in tests.'),
): Promise<OpenedService> {
  const database = await openEmptyDatabase()
  const service = new DataService(() => Promise.resolve(database), files, keep)
  valueOf(await service.start('http://localhost/', progress))
  return { service, database, close: () => database.close() }
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message} (${outcome.detail ?? ''})`)
  return outcome.value
}

export async function fileAt(path: string): Promise<File> {
  return new File([await readFile(path)], basename(path))
}

export function csv(name: string, text: string | Uint8Array<ArrayBuffer>): File {
  return new File([text], name)
}

/** Inspects and imports as a person would who changes nothing but what `edit` says. */
export async function importAll(
  service: DataService,
  files: File[],
  kind: TableName = 'prices',
  edit: (plan: ImportPlan) => ImportPlan = (plan) => plan,
): Promise<ImportReport> {
  const plans = valueOf(await service.inspect(files, kind))
  return valueOf(await service.importFiles(plans.map(edit)))
}
