/**
 * Joins bursts of calls into one run, 0 to `jitter` ms later, so that two hundred screens do not ask at once.
 * While a run is under way further calls make exactly one more run afterwards.
 * @param {() => Promise<void>} run
 */
export function coalesce(run, { jitter = 80, random = Math.random, schedule = setTimeout } = {}) {
  let isWaiting = false;
  let isRunning = false;
  let isWanted = false;
  function call() {
    if (isRunning) {
      isWanted = true;
      return;
    }
    if (isWaiting) return;
    isWaiting = true;
    schedule(async () => {
      isWaiting = false;
      isRunning = true;
      try {
        await run();
      } finally {
        isRunning = false;
        if (isWanted) {
          isWanted = false;
          call();
        }
      }
    }, random() * jitter);
  }
  return call;
}
