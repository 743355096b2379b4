import type { Attachment } from 'svelte/attachments'

/**
 * Lets the keyboard reach what is wider than its place: a scrolled table takes the focus, and only while
 * there is something to scroll.
 */
export const scrollable: Attachment<HTMLElement> = (node) => {
  const update = () => {
    if (node.scrollWidth > node.clientWidth) {
      node.tabIndex = 0
      node.setAttribute('role', 'group')
    } else {
      node.removeAttribute('tabindex')
      node.removeAttribute('role')
    }
  }
  const observer = new ResizeObserver(update)
  observer.observe(node)
  for (const child of node.children) observer.observe(child)
  return () => observer.disconnect()
}
