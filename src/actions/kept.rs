//! Whether promises are kept: what was answered, how fast, what was done and checked.

use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::{Action, ActionKind, ActionOwner, ActionStatus};
use crate::time::days_between;

/// How a neighbourhood keeps its promises.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Kept {
    /// Actions on the board.
    pub actions: usize,
    /// Those that heard yes or no.
    pub answered: usize,
    /// Those that wait and are over the promised date.
    pub late: usize,
    /// Days from proposal to answer, the middle one; null where nothing was answered.
    pub median_days: Option<f64>,
    /// Those that were accepted, whatever became of them.
    pub accepted: usize,
    /// Those that are done, the checked ones included.
    pub done: usize,
    /// Those that were checked with residents.
    pub checked: usize,
    /// Those promised by a date that is over, and not done.
    pub overdue: usize,
    /// Whether one at least is to be done soon: a quick win that is accepted or further.
    pub has_quick_win: bool,
    /// Whether one at least is the residents' own, or keeps what is good.
    pub has_residents_own: bool,
}

/// Counts the promises as they stand on a date.
#[must_use]
pub fn count(actions: &[Action], today: &str) -> Kept {
    let many = |is: &dyn Fn(&Action) -> bool| actions.iter().filter(|action| is(action)).count();
    let is_yes = |action: &Action| action.status.answers() && action.status != ActionStatus::Refused;
    let mut days: Vec<i64> = actions
        .iter()
        .filter_map(|action| days_between(&action.proposed_on, action.answered_on.as_deref()?).ok())
        .collect();
    days.sort_unstable();
    Kept {
        actions: actions.len(),
        answered: many(&|action| action.answered_on.is_some()),
        late: many(&|action| action.is_late(today)),
        median_days: median(&days),
        accepted: many(&is_yes),
        done: many(&|action| matches!(action.status, ActionStatus::Done | ActionStatus::Checked)),
        checked: many(&|action| action.status == ActionStatus::Checked),
        overdue: many(&|action| action.is_overdue(today)),
        has_quick_win: actions.iter().any(|action| action.told.kind == ActionKind::QuickWin && is_yes(action)),
        has_residents_own: actions.iter().any(|action| {
            action.told.kind == ActionKind::Protect
                || action.told.owner == Some(ActionOwner::Residents)
                || action.told.co_owner.is_some()
        }),
    }
}

fn median(sorted: &[i64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let high = *sorted.get(middle)? as f64;
    Some(if sorted.len() % 2 == 1 { high } else { f64::midpoint(sorted[middle - 1] as f64, high) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::tests::action;

    #[test]
    fn promises_are_counted() {
        let answered = |on: &str, status| Action { answered_on: Some(on.into()), status, ..action() };
        let mut all = vec![
            action(),
            answered("2026-11-20", ActionStatus::Refused),
            answered("2026-11-27", ActionStatus::Checked),
        ];
        let kept = count(&all, "2027-01-01");
        assert_eq!((kept.actions, kept.answered, kept.late), (3, 2, 1));
        assert_eq!((kept.accepted, kept.done, kept.checked), (1, 1, 1));
        assert_eq!(kept.median_days, Some(6.5));
        assert!(kept.has_quick_win && !kept.has_residents_own);
        all[0].told.owner = Some(ActionOwner::Residents);
        assert!(count(&all, "2027-01-01").has_residents_own);
        assert_eq!(count(&[], "2027-01-01").median_days, None);
    }
}
