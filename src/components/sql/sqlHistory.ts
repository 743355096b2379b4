const key = 'contrail.sql.history'
const kept = 100

/** Statements run before, the newest first; they stay in this browser. */
export function readHistory(storage: Pick<Storage, 'getItem'> | null): string[] {
  try {
    const read: unknown = JSON.parse(storage?.getItem(key) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string').slice(0, kept) : []
  } catch {
    return []
  }
}

/** A statement run again moves to the front. Without storage the list lives as long as the tab. */
export function remember(
  statement: string,
  history: string[],
  storage: Pick<Storage, 'setItem'> | null,
): string[] {
  const text = statement.trim()
  const next = [text, ...history.filter((one) => one !== text)].slice(0, kept)
  try {
    storage?.setItem(key, JSON.stringify(next))
  } catch {
    // A full or forbidden storage loses the list with the tab, nothing else.
  }
  return next
}

export function forgetHistory(storage: Pick<Storage, 'removeItem'> | null): string[] {
  try {
    storage?.removeItem(key)
  } catch {
    // Forbidden storage holds nothing.
  }
  return []
}

/** Null where the browser forbids it. */
export function localStorageOrNull(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
