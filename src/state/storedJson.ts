/** What this browser remembers of earlier visits; the fallback where it remembers nothing, or must not. */
export function stored<T>(key: string, fallback: T, fits: (read: unknown) => read is T): T {
  try {
    const text = window.localStorage.getItem(key)
    const read: unknown = text === null ? null : JSON.parse(text)
    return fits(read) ? read : fallback
  } catch {
    return fallback
  }
}

export function store(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage forgets with the tab, nothing else.
  }
}
