import { expose } from 'comlink'
import { DataService } from './dataService.ts'
import { openBrowserDatabase } from './duckdbBrowser.ts'

expose(new DataService(openBrowserDatabase, (url) => fetch(url)))
