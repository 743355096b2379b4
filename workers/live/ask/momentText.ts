/** A moment in a sentence: “14:05 UTC”, with the day where it is another one. */
export function momentText(at: number, now: number): string {
  const text = new Date(at).toISOString()
  const time = `${text.slice(11, 16)} UTC`
  return text.slice(0, 10) === new Date(now).toISOString().slice(0, 10)
    ? time
    : `${text.slice(0, 10)}, ${time}`
}
