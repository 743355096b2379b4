import { expose } from 'comlink'
import { DataService } from './dataService.ts'
import { openBrowserDatabase } from './duckdbBrowser.ts'
import { browserFolder, browserKeep } from './keep/opfsKeep.ts'
import { Notebook } from './notebook/notebook.ts'

const notebook = new Notebook(() => browserFolder('contrail-notebook', 'contrail-notebook'))

expose(new DataService(openBrowserDatabase, (url) => fetch(url), browserKeep(), notebook))
