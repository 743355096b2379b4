import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, importAll, openService, valueOf, type OpenedService } from './openService.ts'

describe('files of commits and releases', () => {
  let opened: OpenedService
  beforeAll(async () => {
    opened = await openService()
  })
  afterAll(() => opened.close())

  async function figures(name: string, text: string): Promise<string[]> {
    const { service, database } = opened
    const [plan] = valueOf(await service.inspect([csv(name, text)], null))
    expect(plan.problems).toEqual([expect.stringContaining('Type the symbol')])
    const report = valueOf(await service.importFiles([{ ...plan, symbol: 'MSFT' }]))
    expect(report.failed).toEqual([])
    const rows = await database.query(
      `SELECT concat_ws(' ', nullif(source, ''), metric, date::VARCHAR, value::INTEGER, known_at::VARCHAR) AS t
       FROM ${report.datasets[0].id} ORDER BY date`,
    )
    return rows.texts('t')
  }

  const commit = (sha: string, date: string) => ({
    sha,
    commit: {
      author: { name: 'a', date },
      committer: { name: 'b', date },
      message: 'Fix, "again"\nand so on',
    },
    html_url: `https://github.com/microsoft/vscode/commit/${sha}`,
    parents: [
      { sha: 'a'.repeat(40), html_url: `https://github.com/microsoft/vscode/commit/${'a'.repeat(40)}` },
    ],
  })

  it('the answer of the GitHub API about commits is counted by day', async () => {
    const shas = ['1', '2', '3'].map((digit) => digit.repeat(40))
    const text = JSON.stringify([
      commit(shas[0], '2024-03-02T10:00:00Z'),
      commit(shas[1], '2024-03-02T23:30:00Z'),
      commit(shas[2], '2024-03-05T01:00:00Z'),
    ])
    expect(await figures('commits.json', text)).toEqual([
      'microsoft/vscode commits 2024-03-02 2 2024-03-03',
      'microsoft/vscode commits 2024-03-05 1 2024-03-06',
    ])
  })

  it('a log of git as CSV is counted by day, as the date is written', async () => {
    const text =
      'sha,author,date,subject\n1a2b3c4,Ann,2024-03-02 23:30:00 -0800,"One, two"\n' +
      '2a2b3c4,Bob,2024-03-02 10:00:00 +0100,Three\n3a2b3c4,Bob,2024-03-01 10:00:00 +0100,Four\n'
    expect(await figures('log.csv', text)).toEqual([
      'commits 2024-03-01 1 2024-03-02',
      'commits 2024-03-02 2 2024-03-03',
    ])
  })

  it('releases from the GitHub API count one each; drafts are refused', async () => {
    const release = (tag: string, published: string | null) => ({
      html_url: `https://github.com/microsoft/vscode/releases/tag/${tag}`,
      tag_name: tag,
      name: `Version ${tag}`,
      draft: published === null,
      created_at: '2024-01-01T00:00:00Z',
      published_at: published,
      assets: [{ name: 'x.zip', download_count: 5, created_at: '2024-01-01T00:00:00Z' }],
      body: '- text',
    })
    const text = JSON.stringify([
      release('1.2', '2024-03-05T11:00:00Z'),
      release('1.1', '2024-03-01T11:00:00Z'),
      release('1.3', null),
    ])
    expect(await figures('releases.json', text)).toEqual([
      'microsoft/vscode release 2024-03-01 1 2024-03-02',
      'microsoft/vscode release 2024-03-05 1 2024-03-06',
    ])
  })

  it('releases as CSV of a list with its own names', async () => {
    const { datasets, failed } = await importAll(
      opened.service,
      [csv('r.csv', 'tag_name,published_at\nv1,2024-03-01T11:00:00Z\nv2,2024-03-01T12:00:00Z\n')],
      'adoption',
      (plan) => ({ ...plan, symbol: 'MSFT' }),
    )
    expect(failed).toEqual([])
    expect(datasets[0]).toMatchObject({ records: 2, rows: 1, kind: 'adoption' })
  })
})
