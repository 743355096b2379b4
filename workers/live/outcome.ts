import type { Outcome } from './contract.ts'

/** What a person asked for cannot be done; the message says why and what to do. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** What came of some work, as data. */
export async function outcome<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, message: error.message }
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'failed', message: `This did not work: ${detail}`, detail }
  }
}
