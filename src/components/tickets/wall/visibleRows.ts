/**
 * Which rows of a long list are on screen.
 *
 * @param top pixels from the top of the screen to the top of the list; negative = scrolled past
 * @param screen height of the screen
 * @param margin pixels above and below the screen that are drawn ahead
 * @returns first row, and the row after the last
 */
export function visibleRows(
  top: number,
  screen: number,
  rowHeight: number,
  rows: number,
  margin: number,
): [first: number, end: number] {
  const within = (row: number): number => Math.max(0, Math.min(rows, row))
  const first = within(Math.floor((-top - margin) / rowHeight))
  return [first, Math.max(first, within(Math.ceil((screen - top + margin) / rowHeight)))]
}
