//! A parallel map whose results come back in order and whose memory does not grow with the number of items, nor with
//! the number of results that one item has.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::ops::ControlFlow;
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
///
/// An item has any number of results: `work` hands each to its second argument, which waits while too many are kept
/// and says `Break` when nobody wants more.
pub(super) fn map<I: Sync, O: Send, E: From<io::Error>>(
    items: &[I],
    jobs: usize,
    work: impl Fn(&I, &mut dyn FnMut(O) -> ControlFlow<()>) + Sync,
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
                    work(&items[index], &mut |result| queue.put(index, result));
                    queue.finish(index);
                }
            });
        }
        let _stop = StopOnDrop(&queue);
        loop {
            match queue.take() {
                Taken::Result(result) => receive(result)?,
                Taken::All => return Ok(()),
                Taken::Stopped => {
                    return Err(io::Error::other("a thread that reads documents ended early").into());
                }
            }
        }
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
    /// The item whose results are handed on: all before it are done.
    head: usize,
    /// Results that wait for their turn, by item.
    waiting: BTreeMap<usize, Waiting<O>>,
    stopped: bool,
}

struct Waiting<O> {
    results: VecDeque<O>,
    /// No more will come.
    finished: bool,
}

impl<O> Default for Waiting<O> {
    fn default() -> Self {
        Self { results: VecDeque::new(), finished: false }
    }
}

impl<O> State<O> {
    /// Whether a further result of the item must wait: the head may keep a window of its own, so that it never waits
    /// for those behind it.
    fn is_full(&self, index: usize, window: usize) -> bool {
        let kept = |(item, waiting): (&usize, &Waiting<O>)| {
            if (*item == self.head) == (index == self.head) { waiting.results.len() } else { 0 }
        };
        self.waiting.iter().map(kept).sum::<usize>() >= window
    }
}

enum Taken<O> {
    Result(O),
    /// All items are done.
    All,
    Stopped,
}

impl<O> Queue<O> {
    fn new(total: usize, window: usize) -> Self {
        let state = State { next: 0, head: 0, waiting: BTreeMap::new(), stopped: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), total, window }
    }

    /// The next item to work on, once the window has room for it; `None` when there is none.
    fn claim(&self) -> Option<usize> {
        let full = |state: &mut State<O>| {
            !state.stopped && state.next < self.total && state.next >= state.head + self.window
        };
        let state = self.changed.wait_while(self.lock(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.stopped || state.next >= self.total {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// Keeps a result of the item, once there is room for it.
    fn put(&self, index: usize, result: O) -> ControlFlow<()> {
        let full = |state: &mut State<O>| !state.stopped && state.is_full(index, self.window);
        let state = self.changed.wait_while(self.lock(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return ControlFlow::Break(());
        }
        state.waiting.entry(index).or_default().results.push_back(result);
        drop(state);
        self.changed.notify_all();
        ControlFlow::Continue(())
    }

    /// Notes that the item has no more results.
    fn finish(&self, index: usize) {
        self.lock().waiting.entry(index).or_default().finished = true;
        self.changed.notify_all();
    }

    /// Waits for the next result in order.
    fn take(&self) -> Taken<O> {
        let mut state = self.lock();
        loop {
            let head = state.head;
            if head >= self.total {
                return Taken::All;
            }
            let waiting = state.waiting.entry(head).or_default();
            if let Some(result) = waiting.results.pop_front() {
                drop(state);
                self.changed.notify_all();
                return Taken::Result(result);
            }
            if waiting.finished {
                state.waiting.remove(&head);
                state.head += 1;
                self.changed.notify_all();
            } else if state.stopped {
                return Taken::Stopped;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
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

    /// Work with one result for each item.
    fn one<I, O>(work: impl Fn(&I) -> O) -> impl Fn(&I, &mut dyn FnMut(O) -> ControlFlow<()>) {
        move |item, emit| {
            let _ = emit(work(item));
        }
    }

    #[test]
    fn results_come_in_order_at_any_number_of_threads() {
        let items: Vec<u64> = (0..200).collect();
        for jobs in [0, 1, 3, 16] {
            let slow_when_early = one(|item: &u64| {
                thread::sleep(Duration::from_micros((200 - item) % 7 * 50));
                item * 2
            });
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
        let work = one(|item: &usize| {
            furthest.fetch_max(item - taken.load(Ordering::SeqCst), Ordering::SeqCst);
        });
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
        let work = one(|_: &usize| worked.fetch_add(1, Ordering::SeqCst));
        let result = map(&items, 2, work, |_| Err(io::Error::other("disk full")));
        assert_eq!(result.unwrap_err().to_string(), "disk full");
        assert!(worked.into_inner() < 100);
    }

    #[test]
    fn a_panic_of_the_work_ends_the_run_instead_of_hanging_it() {
        let items: Vec<usize> = (0..100).collect();
        let work = one(|item: &usize| assert_ne!(*item, 7, "item 7"));
        let run = || map::<_, _, io::Error>(&items, 2, work, |()| Ok(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }

    #[test]
    fn no_items_are_no_work() {
        assert!(map::<usize, usize, io::Error>(&[], 4, one(|item: &usize| *item), |_| Ok(())).is_ok());
    }

    #[test]
    fn all_results_of_an_item_come_before_those_of_the_next() {
        let items = [3_usize, 0, 200, 1, 0, 90, 0];
        for jobs in [1, 2, 8] {
            let work = |item: &usize, emit: &mut dyn FnMut((usize, usize)) -> ControlFlow<()>| {
                assert!((0..*item).try_for_each(|result| emit((*item, result))).is_continue());
            };
            let mut received = Vec::new();
            let receive = |result| {
                received.push(result);
                Ok(())
            };
            map::<_, _, io::Error>(&items, jobs, work, receive).unwrap();
            let expected = items.iter().flat_map(|item| (0..*item).map(move |result| (*item, result)));
            assert_eq!(received, expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_item_with_many_results_waits_until_they_are_taken() {
        let (made, taken, furthest) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_: &usize, emit: &mut dyn FnMut(usize) -> ControlFlow<()>| {
            for result in 0..500 {
                let ahead = made.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst);
                furthest.fetch_max(ahead, Ordering::SeqCst);
                let _ = emit(result);
            }
        };
        map::<_, _, io::Error>(&[0, 1, 2], 2, work, |_| {
            thread::sleep(Duration::from_micros(20));
            taken.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
        .unwrap();
        // Two windows of 16, one result in the hands of each of two workers and of the receiver.
        assert!(furthest.into_inner() <= 2 * 2 * WINDOW_PER_JOB + 3);
    }

    #[test]
    fn work_is_told_when_nobody_wants_more() {
        let made = AtomicUsize::new(0);
        let work = |_: &usize, emit: &mut dyn FnMut(usize) -> ControlFlow<()>| {
            while emit(made.fetch_add(1, Ordering::SeqCst)).is_continue() {}
        };
        let result = map(&[0, 1], 2, work, |_| Err(io::Error::other("disk full")));
        assert_eq!(result.unwrap_err().to_string(), "disk full");
        assert!(made.into_inner() < 100);
    }
}
