import { DataService } from '../../workers/data/dataService.ts'
import { openNodeDatabase } from '../../workers/data/duckdbNode.ts'
import { noKeep } from '../../workers/data/keep/noKeep.ts'
import { priceCsv } from './importCsv.ts'

const rows = 1_000_000

/** Imports 1 million price rows in Node, then builds their panel; one JSON line per figure. */
export async function importBench(): Promise<void> {
  const file = new File([priceCsv(rows)], 'million.csv')
  const database = await openNodeDatabase()
  let steps = 0
  const service = new DataService(
    () => Promise.resolve(database),
    () => Promise.reject(new Error('no site here')),
    noKeep(''),
  )
  await service.start('http://localhost/', () => steps++)
  const inspecting = performance.now()
  const plans = await service.inspect([file], 'prices')
  if (!plans.ok) throw new Error(plans.message)
  const importing = performance.now()
  const report = await service.importFiles(plans.value)
  const imported = performance.now()
  if (!report.ok || report.value.datasets[0]?.rows !== rows) throw new Error(JSON.stringify(report))
  const panel = await service.buildPanel({
    datasets: [report.value.datasets[0].id],
    signals: null,
    flights: false,
  })
  if (!panel.ok) throw new Error(panel.message)
  const built = performance.now()
  await database.close()
  print('inspect 1 million price rows, Node', importing - inspecting, 'ms', null)
  print('import 1 million price rows, Node', imported - importing, 'ms', 3000)
  print('progress steps of that import', steps, 'steps', null)
  print('quality and panel of 1 million rows, Node', built - imported, 'ms', null)
}

function print(name: string, value: number, unit: string, target: number | null): void {
  console.log(JSON.stringify({ name, value: Math.round(value), unit, target }))
}
