/**
 * Stands on the landing page in place of the page's script, which it loads when a person first does something, or
 * after a while: until then there is nothing to do but read, and a slow phone shall not be busy with scripts.
 * Links work without it; a button that was pressed before is pressed again.
 */
const { start } = document.querySelector('script[data-start]').dataset
const page = document.getElementById('app')
const signs = [
  'pointermove',
  'pointerdown',
  'touchstart',
  'wheel',
  'keydown',
  'focusin',
  'dragenter',
  'hashchange',
]
const patience = 4_000
/** Milliseconds that a press which comes at once is answered in before the scripts are read. */
const courtesy = 100
let pressed = null

function hold(event) {
  const button = event.target.closest('button')
  if (!button) return
  event.preventDefault()
  pressed = button
}

function soon() {
  for (const sign of signs) removeEventListener(sign, soon, true)
  setTimeout(begin, courtesy)
}

let begun = false
async function begin() {
  if (begun) return
  begun = true
  await import(new URL(start, document.baseURI).href)
  // The page comes alive in a task of its own.
  setTimeout(() => {
    page.removeEventListener('click', hold, true)
    if (pressed?.isConnected) pressed.click()
  })
}

if (location.hash.length > 1) void begin()
else {
  page.addEventListener('click', hold, true)
  for (const sign of signs) addEventListener(sign, soon, { capture: true, passive: true })
  addEventListener('load', () => setTimeout(begin, patience))
}
