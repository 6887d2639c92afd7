/* Waits until a chat can be used; returns when that was. */
async ([selector, quietInMs]) => {
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries()))
    .observe({ type: "longtask", buffered: true });
  const frame = () => new Promise(requestAnimationFrame);
  const buttonsIn = (root) => [...root.querySelectorAll("*")].flatMap((each) => [
    ...(each.matches("button, [role=button], textarea, input, [contenteditable=true]")
      ? [each] : []),
    ...(each.shadowRoot ? buttonsIn(each.shadowRoot) : []),
  ]);
  const isUsable = () => [...document.querySelectorAll(selector)]
    .flatMap((each) => [each, ...(each.shadowRoot ? [each.shadowRoot] : [])])
    .flatMap(buttonsIn)
    .some((each) => each.checkVisibility() && each.getBoundingClientRect().width > 0);
  while (!isUsable()) {
    if (performance.now() > 30_000) return null;
    await frame();
  }
  await frame();
  let usable = performance.now();
  // Not usable while the page still computes: until a pause without a long task.
  for (;;) {
    await new Promise((done) => setTimeout(done, quietInMs));
    const last = Math.max(0, ...longTasks.map((each) => each.startTime + each.duration));
    if (last <= usable) return usable;
    usable = last;
  }
}
