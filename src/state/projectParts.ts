import type { OpenedProject, ProjectOfPage } from '../../workers/data/api.ts'
import { count } from '../charts/format.ts'
import { sealOf, storedModels } from './storedModels.ts'
import { store, stored } from './storedJson.ts'
import type { Workspace } from './workspace.svelte.ts'

/** Families that went out of this browser: taken in again they would be counted twice. */
const ownFamilies = 'contrail.project.families'
const mostRemembered = 50
/** Begins with a hash of all that follows. */
const markOf = (family: string) => family.slice(0, 16)
const isTexts = (read: unknown): read is string[] =>
  Array.isArray(read) && read.every((one) => typeof one === 'string')

/** What a project holds of the page. */
export async function projectOfPage(workspace: Workspace): Promise<ProjectOfPage> {
  const family = (await workspace.engine?.backtest.familyText(null).catch(() => '')) ?? ''
  if (family !== '') {
    const known = stored(ownFamilies, [], isTexts).filter((mark) => mark !== markOf(family))
    store(ownFamilies, [...known, markOf(family)].slice(-mostRemembered))
  }
  return { link: workspace.link(), family, models: await storedModels() }
}

export function forgetOwnFamilies(): void {
  store(ownFamilies, [])
}

/** Takes in what a project holds of the page and is not here yet; a sentence on what came, '' = nothing. */
export async function takeFromProject(workspace: Workspace, opened: OpenedProject): Promise<string> {
  const came: string[] = []
  if (opened.runs > 0) {
    came.push(`${count(opened.runs, 'run')} of the notebook`)
    void workspace.notebook.load()
  }
  const models = await takeModels(workspace, opened.models)
  if (models.taken > 0) came.push(count(models.taken, 'model'))
  const { family } = opened
  const foreign = family !== '' && !stored(ownFamilies, [], isTexts).includes(markOf(family))
  const charged = foreign && (await workspace.engine?.backtest.addFamily(family).catch(() => false))
  if (charged) came.push('what was tried there, which counts here too')
  const all = came.length > 1 ? `${came.slice(0, -1).join(', ')} and ${came.at(-1)}` : came.join('')
  return [all && `With it came ${all}.`, models.problem].filter(Boolean).join(' ')
}

async function takeModels(workspace: Workspace, files: File[]): Promise<{ taken: number; problem: string }> {
  const here = new Set(await Promise.all((await storedModels()).map(sealOf)))
  let taken = 0
  let problem = ''
  for (const file of files) {
    if (here.has(await sealOf(file))) continue
    try {
      const { hrm } = await workspace.jet.models()
      const before = hrm.problem
      await hrm.importRun(new Uint8Array(await file.arrayBuffer()), file.name)
      if (hrm.problem === '' || hrm.problem === before) taken++
      else problem = hrm.problem
    } catch {
      problem = `${file.name} could not be taken in: the worker of the models did not start.`
    }
  }
  return { taken, problem }
}
