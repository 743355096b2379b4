/* eslint-disable */
import '../../../src/styles/base.css'
import { mount } from 'svelte'
import { Workspace } from '../../../src/state/workspace.svelte.ts'
import Harness from './Harness.svelte'
import { fake, sim } from './fakeData.ts'
const workspace = new Workspace(null)
;(workspace as any).engine = { data: fake }
workspace.datasets = [sim]
workspace.phase = 'ready'
workspace.refresh = () => {}
;(window as any).workspace = workspace
workspace.change({ view: (new URLSearchParams(location.search).get('view') ?? 'data') as never })
mount(Harness, { target: document.getElementById('app')!, props: { workspace } })
