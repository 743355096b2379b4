import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileName, safeName } from '../../../src/components/download.ts'

test('names of downloads that are plain stay as they are', () => {
  for (const name of ['trades.csv', 'contrail-2025-01-17.contrail', 'Rückblick 2024.parquet', 'a.tar.gz'])
    expect(safeName(name)).toBe(name)
  expect(safeName(`${fileName('Strikemap NVDA, 17 Jan')}.png`)).toBe('strikemap-nvda-17-jan.png')
})

test('names that would leave their folder, hide or be refused do not', () => {
  expect(safeName('../../.ssh/authorized_keys')).toBe('-..-.ssh-authorized_keys')
  expect(safeName('C:\\Windows\\system.ini')).toBe('C-Windows-system.ini')
  expect(safeName('report\u202Evsc.exe')).toBe('reportvsc.exe')
  expect(safeName('NUL')).toBe('_NUL')
  expect(safeName('com1.csv')).toBe('_com1.csv')
  expect(safeName('.htaccess')).toBe('htaccess')
  expect(safeName('name.csv. . ')).toBe('name.csv')
  expect(safeName('')).toBe('contrail')
  expect(safeName('\u0000\n/')).toBe('-')
})

test('every name becomes one that any file system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const safe = safeName(name)
      expect(safe).toMatch(/^[^\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]+$/u)
      expect(safe).toMatch(/[^. ]$/)
      expect(safe.length).toBeLessThanOrEqual(2 * 80 + 1)
      expect(safe).not.toMatch(/^\.|^(con|prn|aux|nul)(\.|$)/i)
    }),
    { numRuns: 100 },
  )
})
