"""What an element says for a moment only, which a busy machine may not look at in time."""

RECORD = """(element) => {
  window.said = [];
  new MutationObserver(() => window.said.push(element.textContent.trim()))
    .observe(element, { subtree: true, childList: true, characterData: true });
}"""


def record(locator):
    """Keep, from now on, what the element says."""
    locator.evaluate(RECORD)


def wait_until_said(page, words):
    """Wait until the recorded element has said so, though it may say something else by now."""
    page.wait_for_function("(words) => window.said.includes(words)", arg=words)
