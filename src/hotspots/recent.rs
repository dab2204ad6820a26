//! The answers that were asked for lately.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::OnceCell;

/// Keeps the latest answers by their question; two who ask at once wait for one being worked out.
#[derive(Debug)]
pub struct Recent<Q, A> {
    /// The latest asked for last.
    answers: VecDeque<(Q, Place<A>)>,
}

/// Where an answer stands once it is found.
pub type Place<A> = Arc<OnceCell<Arc<A>>>;

/// So many answers are kept.
const KEPT: usize = 12;

impl<Q, A> Default for Recent<Q, A> {
    fn default() -> Self {
        Self { answers: VecDeque::new() }
    }
}

impl<Q: PartialEq + Clone, A> Recent<Q, A> {
    /// The place for the answer to a question.
    pub fn place(&mut self, question: &Q) -> Place<A> {
        let known = self.answers.iter().position(|(asked, _)| asked == question);
        let entry =
            known.and_then(|at| self.answers.remove(at)).unwrap_or_else(|| (question.clone(), Place::default()));
        let place = entry.1.clone();
        self.answers.push_back(entry);
        if self.answers.len() > KEPT {
            self.answers.pop_front();
        }
        place
    }

    /// Forgets everything and gives what was found.
    pub fn take(&mut self) -> impl Iterator<Item = Arc<A>> {
        self.answers.drain(..).filter_map(|(_, place)| place.get().cloned())
    }
}
