/**
 * Whether a day is quiet everywhere: a weekday on which the exchange is closed, or a day from 24 December to 1 January.
 * Told from the calendar of the prices, so that no list of holidays has to be kept; beyond its last day only the turn
 * of the year is known.
 *
 * @param dates ascending epoch days of the sessions
 */
export function holidaysOf(dates: Int32Array): (day: number) => boolean {
  const sessions = new Set(dates)
  const [from, to] = [dates[0], dates[dates.length - 1]]
  const isQuiet = (day: number): boolean => {
    const date = new Date(day * 86_400_000)
    const monthDay = 100 * (date.getUTCMonth() + 1) + date.getUTCDate()
    if (monthDay >= 1224 || monthDay === 101) return true
    const weekday = date.getUTCDay()
    return weekday !== 0 && weekday !== 6 && day >= from && day <= to && !sessions.has(day)
  }
  // Asked for every company and close anew.
  const asked = new Map<number, boolean>()
  return (day) => {
    let answer = asked.get(day)
    if (answer === undefined) asked.set(day, (answer = isQuiet(day)))
    return answer
  }
}
