"""The keyboard of the desk: n for the next row, c to confirm, d to dismiss, u to undo, wherever nobody types."""

from __future__ import annotations

import anywidget
import traitlets

KEYS = {"n": "next", "p": "previous", "c": "confirm", "d": "dismiss", "u": "undo"}
SCRIPT = """
function render({ model, el }) {
  el.textContent = 'Keys: n next, p previous, c confirm, d dismiss, u undo';
  el.style.cssText = 'font: 12px sans-serif; opacity: .75';
  const pressed = event => {
    const at = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || !model.get('heard').includes(event.key)) return;
    if (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName)) return;
    const desk = el.closest('.synoptic-desk');
    if (!desk || !(desk.contains(at) || desk.matches(':hover'))) return;
    event.preventDefault();
    event.stopPropagation();
    model.send({ key: event.key });
  };
  document.addEventListener('keydown', pressed, true);
  return () => document.removeEventListener('keydown', pressed, true);
}
export default { render };
"""


class Keys(anywidget.AnyWidget):
    """Hears the keys that are pressed on the desk; `on_msg` tells each as `{"key": ...}`."""

    _esm = SCRIPT
    heard = traitlets.List(traitlets.Unicode(), list(KEYS)).tag(sync=True)
