const key = 'contrail-live'

/**
 * Whether an earlier visit left sources on, or rows that were collected: then the poller is started again without
 * being asked for. Where storage is blocked nothing was left.
 */
export function liveWasLeftOn(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}

export function leaveLiveOn(on: boolean): void {
  try {
    if (on) localStorage.setItem(key, 'on')
    else localStorage.removeItem(key)
  } catch {
    // Nothing can be left to the next visit, which then begins as the first one did.
  }
}
