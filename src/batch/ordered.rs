//! A parallel map whose results come back in order and whose memory does not grow with the number of items.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The name of every thread that reads documents; a panic there is caught and becomes the document's error.
pub const WORKER_NAME: &str = "gongkai-worker";
/// Stack of a thread that reads documents. Readers bound their depth; this is what a depth of 256 nested tables needs
/// in a build without optimisation, with room to spare.
pub const STACK_BYTES: usize = 16 << 20;
/// Results that may wait for an earlier one, per thread: enough to keep all busy behind one slow document.
const WINDOW_PER_JOB: usize = 8;

/// Calls `work` for each item on `jobs` threads, and `receive` with the results in the order of the items on the
/// calling thread. Ends at the first error of `receive`.
pub(super) fn map<I: Sync, O: Send, E: From<io::Error>>(
    items: &[I],
    jobs: usize,
    work: impl Fn(&I) -> O + Sync,
    mut receive: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let jobs = jobs.clamp(1, items.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK_BYTES)
        .thread_name(|index| format!("{WORKER_NAME}-{index}"))
        .build()
        .map_err(io::Error::other)?;
    let queue = Queue::new(items.len(), jobs * WINDOW_PER_JOB);
    pool.in_place_scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|_| {
                let _stop = StopOnPanic(&queue);
                while let Some(index) = queue.claim() {
                    queue.put(index, work(&items[index]));
                }
            });
        }
        let _stop = StopOnDrop(&queue);
        (0..items.len()).try_for_each(|index| match queue.take(index) {
            Some(result) => receive(result),
            None => Err(io::Error::other("a thread that reads documents ended early").into()),
        })
    })
}

struct Queue<O> {
    state: Mutex<State<O>>,
    changed: Condvar,
    total: usize,
    window: usize,
}

struct State<O> {
    /// The next item that nobody works on.
    next: usize,
    /// Results handed on.
    taken: usize,
    /// Results that wait for their turn.
    waiting: BTreeMap<usize, O>,
    stopped: bool,
}

impl<O> Queue<O> {
    fn new(total: usize, window: usize) -> Self {
        let state = State { next: 0, taken: 0, waiting: BTreeMap::new(), stopped: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), total, window }
    }

    /// The next item to work on, once the window has room for it; `None` when there is none.
    fn claim(&self) -> Option<usize> {
        let full = |state: &mut State<O>| {
            !state.stopped && state.next < self.total && state.next >= state.taken + self.window
        };
        let state = self.changed.wait_while(self.lock(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.stopped || state.next >= self.total {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn put(&self, index: usize, result: O) {
        self.lock().waiting.insert(index, result);
        self.changed.notify_all();
    }

    /// Waits for the result of the item; `None` when the work was stopped.
    fn take(&self, index: usize) -> Option<O> {
        let missing = |state: &mut State<O>| !state.stopped && !state.waiting.contains_key(&index);
        let state = self.changed.wait_while(self.lock(), missing);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let result = state.waiting.remove(&index)?;
        state.taken = index + 1;
        drop(state);
        self.changed.notify_all();
        Some(result)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// The state is a few plain values that no panic leaves half changed, so a poisoned lock is as good as any.
    fn lock(&self) -> MutexGuard<'_, State<O>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the workers end when the receiver ends, by an error or a panic.
struct StopOnDrop<'a, O>(&'a Queue<O>);

impl<O> Drop for StopOnDrop<'_, O> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Lets everybody end when a worker does so by a panic, which the scope hands on to the caller.
struct StopOnPanic<'a, O>(&'a Queue<O>);

impl<O> Drop for StopOnPanic<'_, O> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    #[test]
    fn results_come_in_order_at_any_number_of_threads() {
        let items: Vec<u64> = (0..200).collect();
        for jobs in [0, 1, 3, 16] {
            let slow_when_early = |item: &u64| {
                thread::sleep(Duration::from_micros((200 - item) % 7 * 50));
                item * 2
            };
            let mut received = Vec::new();
            map::<_, _, io::Error>(&items, jobs, slow_when_early, |result| {
                received.push(result);
                Ok(())
            })
            .unwrap();
            assert_eq!(received, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn work_never_runs_further_ahead_than_the_window() {
        let items: Vec<usize> = (0..300).collect();
        let taken = AtomicUsize::new(0);
        let furthest = AtomicUsize::new(0);
        let work = |item: &usize| {
            furthest.fetch_max(item - taken.load(Ordering::SeqCst), Ordering::SeqCst);
        };
        map::<_, _, io::Error>(&items, 2, work, |()| {
            thread::sleep(Duration::from_micros(100));
            taken.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
        .unwrap();
        assert!(furthest.into_inner() <= 2 * WINDOW_PER_JOB + 1);
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_run() {
        let items: Vec<usize> = (0..10_000).collect();
        let worked = AtomicUsize::new(0);
        let work = |_: &usize| worked.fetch_add(1, Ordering::SeqCst);
        let result = map(&items, 2, work, |_| Err(io::Error::other("disk full")));
        assert_eq!(result.unwrap_err().to_string(), "disk full");
        assert!(worked.into_inner() < 100);
    }

    #[test]
    fn a_panic_of_the_work_ends_the_run_instead_of_hanging_it() {
        let items: Vec<usize> = (0..100).collect();
        let work = |item: &usize| assert_ne!(*item, 7, "item 7");
        let run = || map::<_, _, io::Error>(&items, 2, work, |()| Ok(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }

    #[test]
    fn no_items_are_no_work() {
        assert!(map::<usize, usize, io::Error>(&[], 4, |item| *item, |_| Ok(())).is_ok());
    }
}
