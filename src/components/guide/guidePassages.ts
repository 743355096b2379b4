import { mount, unmount } from 'svelte'
import { guideSections } from './contents.ts'
import type { Passage } from './guideSearch.ts'

const passageOf = 'p, li, dd, td, th, figcaption, summary'

/** All the words of the guide, read off its sections where nobody sees them. */
export async function guidePassages(): Promise<Passage[]> {
  const passages: Passage[] = []
  for (const { id, title, part } of guideSections) {
    // What it would find in the glossary it finds as terms.
    if (id === 'glossary' || id === 'settings' || id === 'metrics') continue
    const { sections } = await part.load()
    const target = document.createElement('div')
    const section = mount(sections[id], { target })
    for (const element of target.querySelectorAll(passageOf)) {
      if (element.querySelector(passageOf)) continue
      const before = element.tagName === 'DD' ? element.previousElementSibling?.textContent : null
      const text = `${before ? `${before}: ` : ''}${element.textContent}`.replace(/\s+/g, ' ').trim()
      if (text !== '') passages.push({ section: id, title, text })
    }
    await unmount(section)
  }
  return passages
}
