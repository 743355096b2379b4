/** 42_300_000 → “42.3 MB”; powers of 1,000, as file managers count. */
function size(bytes: number): string {
  const [unit, one] = bytes < 999_500 ? ['kB', 1e3] : bytes < 999_500_000 ? ['MB', 1e6] : ['GB', 1e9]
  const scaled = bytes / one
  return `${scaled.toLocaleString('en-GB', { maximumFractionDigits: scaled < 99.95 ? 1 : 0 })} ${unit}`
}

interface Room {
  used: number
  quota: number
}

function full({ used, quota }: Room): string {
  if (quota === 0) return 'the storage of the browser is full'
  return `${size(used)} of the ${size(quota)} that the browser allows are used`
}

export function noRoom(name: string, room: Room): string {
  return (
    `There is no room to keep ${name} for the next visit: ${full(room)}. It stays loaded until the page is ` +
    'closed. Remove files you no longer need, or free space on the disk, and import it again.'
  )
}

export function noRoomForChange(room: Room): string {
  return (
    `There is no room to keep this change: ${full(room)}. ` +
    'Remove files you no longer need, or free space on the disk, and make it again.'
  )
}

export function noRoomForRun(room: Room): string {
  return (
    `There is no room for this run in the notebook: ${full(room)}. It stays on screen, and its link computes it ` +
    'again. Delete runs or files you no longer need, or free space on the disk.'
  )
}

export function storageFailed(name: string): string {
  return (
    `${name} could not be kept for the next visit, because the storage of the browser failed. It stays loaded ` +
    'until the page is closed. Import it again to try once more.'
  )
}

export function forgottenMeanwhile(name: string): string {
  return (
    `${name} is not kept for the next visit, because another tab forgot everything while it was imported. ` +
    'It stays loaded until the page is closed.'
  )
}

export function copyGone(name: string): string {
  return `The copy of ${name} that an earlier visit kept is gone. Import the file again.`
}

export function copyShort(name: string, left: number, bytes: number): string {
  return (
    `The copy of ${name} that an earlier visit kept is damaged: ${size(left)} of ${size(bytes)} are left. ` +
    'Import the file again.'
  )
}

export function copyChanged(name: string): string {
  return `The copy of ${name} that an earlier visit kept is damaged: its bytes are not those that were imported. Import the file again.`
}

export const listDamaged =
  'The list of the files that earlier visits kept is damaged, so none of them could be read back. Import them again.'

export const lastChangeLost =
  'The list of the files that earlier visits kept was damaged. It is as it was before its last change: ' +
  'if a file is missing, import it again.'
