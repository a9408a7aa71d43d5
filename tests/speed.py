"""How slow the machine is just now: limits on the work of a page's scripts are stated for a quiet one, and hold in
proportion on a busy one."""

REFERENCE = 2.0  # milliseconds that the fixed piece of work took, on two quiet cores, where the limits were set

# Draws 400 shapes, lets the browser lay them out, and removes them; median of 21 times.
FIXED_WORK = """async () => {
  const name = 'http://www.w3.org/2000/svg', times = [];
  for (let round = 0; round < 21; round += 1) {
    await new Promise(done => setTimeout(done, 10));
    const start = performance.now();
    const svg = document.createElementNS(name, 'svg');
    for (let number = 0; number < 400; number += 1) {
      const shape = svg.appendChild(document.createElementNS(name, 'rect'));
      for (const [key, value] of [['x', number], ['y', number % 20], ['width', 5], ['height',
        5]]) shape.setAttribute(key, value);
    }
    document.body.append(svg);
    svg.getBoundingClientRect();
    svg.remove();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[10];
}"""


def slowness(page):
    """How many times as long as at REFERENCE a fixed piece of work takes in the page now; at least 1."""
    return max(1.0, page.evaluate(FIXED_WORK) / REFERENCE)
