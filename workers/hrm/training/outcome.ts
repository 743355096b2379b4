import type { HrmErrorCode, HrmOutcome } from '../api.ts'
import { NoBackendError } from '../backend/chooseBackend.ts'
import { CheckpointError } from '../checkpoint/metadata.ts'
import { StorageFullError } from '../checkpoint/store.ts'
import { ConfigError } from '../model/index.ts'

/** A failure whose message was written for the person. */
export class HrmProblem extends Error {
  override name = 'HrmProblem'

  constructor(
    readonly code: HrmErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/** Errors that speak for themselves. */
const codes: [new (message: string) => Error, HrmErrorCode][] = [
  [ConfigError, 'bad-setting'],
  [CheckpointError, 'bad-checkpoint'],
  [StorageFullError, 'storage-full'],
  [NoBackendError, 'no-backend'],
]

/** Runs a task and turns whatever it throws into data, because Comlink keeps only an error's message. */
export async function outcomeOf<T>(task: () => Promise<T>): Promise<HrmOutcome<T>> {
  try {
    return { ok: true, value: await task() }
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (error instanceof HrmProblem) return { ok: false, code: error.code, message: error.message, detail }
    const code = codes.find(([kind]) => error instanceof kind)?.[1]
    if (code) return { ok: false, code, message: (error as Error).message, detail }
    return { ok: false, code: 'unexpected', message: unexpected(error), detail }
  }
}

export function unexpected(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `Something in the training worker went wrong: ${message}`
}
