/** Hands a file to the browser's download; nothing is sent anywhere. */
export function download(content: Blob | string, name: string, type = 'text/csv;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = safeName(name)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** “Options: six signals” → “options-six-signals”. */
export function fileName(words: string): string {
  return (
    words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'contrail'
  )
}

/** Characters of a name with its ending: fewer than any file system takes, in any of its encodings. */
const longestName = 80
const longestEnding = 16

/**
 * A name that every file system takes and that shows as what it is: no folders, no characters that are hidden or
 * turn the text around, none that Windows refuses or keeps for devices. The ending stays.
 */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:*?"<>|]+/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[. ~]+|[. ]+$/g, '')
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 && plain.length - dot <= longestEnding ? plain.slice(dot) : ''
  // By characters, so that none is cut in half.
  const stem = [...plain.slice(0, plain.length - ending.length)]
    .slice(0, longestName - ending.length)
    .join('')
  const clean = stem.replace(/[. ]+$/, '') || 'contrail'
  const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i.test(clean)
  return `${reserved ? '_' : ''}${clean}${ending}`
}
