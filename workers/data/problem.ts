import type { Outcome } from './api.ts'

/** A failure whose message was written for the person: it names the file and says what to do. */
export class Problem extends Error {
  readonly code: string
  readonly detail: string | undefined

  constructor(code: string, message: string, detail?: string) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

const memory = /out of memory|memory access out of bounds|allocation failed|Array buffer allocation/i

/** Runs a task and turns whatever it throws into data, because Comlink keeps only an error's message. */
export async function outcomeOf<T>(task: () => Promise<T> | T): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await task() }
  } catch (error) {
    if (error instanceof Problem) {
      const { code, message, detail } = error
      return detail === undefined ? { ok: false, code, message } : { ok: false, code, message, detail }
    }
    const detail = error instanceof Error ? error.message : String(error)
    if (memory.test(detail)) {
      return {
        ok: false,
        code: 'memory',
        message:
          'The tab ran out of memory. Remove a dataset or load a smaller file; what is loaded is kept.',
        detail,
      }
    }
    return {
      ok: false,
      code: 'internal',
      message: 'Something in the data worker went wrong; what is loaded is kept. Reload the page to go on.',
      detail,
    }
  }
}
